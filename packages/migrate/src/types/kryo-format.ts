import { StatewrightError } from '@statewright/bytes';
import type { Savepoint } from '@statewright/savepoint';
import {
  type Codec,
  type KryoSnapshot,
  type PojoSnapshot,
  type SerializerSnapshot,
  SNAPSHOT_FORMATS,
  type SnapshotFormat,
} from '@statewright/serializers';
import { compileKryoReader } from '../kryo/compile-kryo-reader.js';
import type { KryoLayouts } from '../kryo/layout.js';
import type { KryoGeneration } from '../kryo/object-graph.js';
import type { StepContext } from '../steps/step.js';
import { KRYO_CLASS } from './classes.js';
import { isPojo, pojoWith } from './pojo.js';

/** Which of the values that Kryo wrote are meant. */
export interface KryoPlace {
  /** The class that Kryo was given, or with `field` the POJO that declares the field. */
  readonly className: string;
  readonly field: string | undefined;
}

/** How they are read. */
export interface KryoReading {
  readonly generation: KryoGeneration;
  readonly layouts: KryoLayouts;
}

/** The Kryo that wrote a snapshot: 2 before Flink 2.0, 5 from then on. The step's error when it may be either. */
export function kryoGeneration({ flinkVersions }: Savepoint, { step }: StepContext): KryoGeneration {
  const [old, recent] = flinkVersions.map((version) => version.startsWith('1.'));
  if (old === recent) return old === true ? 2 : 5;
  const [first, last] = flinkVersions;
  throw step.error([], `the snapshot may be of Flink ${first} or ${last}, whose Kryo is not the same`);
}

/** Whether a snapshot is that of Kryo. */
export function isKryo(snapshot: SerializerSnapshot | undefined): snapshot is KryoSnapshot {
  return snapshot?.className === KRYO_CLASS && !('unreadable' in snapshot);
}

/** The position of the field that is meant; -1 for other POJOs. */
export function kryoFieldIn(pojo: PojoSnapshot, { className, field }: KryoPlace): number {
  if (field === undefined) return -1;
  return pojo.fields.findIndex(
    ({ name, key }) => name === field && (key?.declaringClass ?? pojo.pojoClass) === className,
  );
}

/** Whether a serializer tree has what is meant. */
export function hasKryo(snapshot: SerializerSnapshot, place: KryoPlace): boolean {
  if ('unreadable' in snapshot) return false;
  if (place.field === undefined && isKryo(snapshot) && snapshot.typeClass === place.className) return true;
  if (isPojo(snapshot) && isKryo(snapshot.fields[kryoFieldIn(snapshot, place)]?.value)) return true;
  return snapshot.nested.some((child) => hasKryo(child, place));
}

/** A snapshot class of our own: what Kryo wrote, read by a layout. It stands in no file. */
const BY_LAYOUT = 'dev.statewright.KryoByLayout';

/** The formats of a feed with one more kind of Kryo's values that can be read. */
export function withKryoReader(
  formats: readonly SnapshotFormat[],
  place: KryoPlace,
  reading: KryoReading,
): readonly SnapshotFormat[] {
  if (place.field === undefined) {
    const kryo = formatOf(formats, KRYO_CLASS);
    const codec: SnapshotFormat['codec'] = (snapshot, compiler) =>
      isKryo(snapshot) && snapshot.typeClass === place.className
        ? kryoCodec(snapshot, reading)
        : kryo.codec(snapshot, compiler);
    return [...formats, { ...kryo, codec }];
  }
  const name = `${BY_LAYOUT}$${place.className}#${place.field}`;
  const pojo = formatOf(formats, POJO_CLASS);
  const codec: SnapshotFormat['codec'] = (snapshot, compiler) =>
    pojo.codec(marked(snapshot as PojoSnapshot, place, name), compiler);
  const kryo = formatOf(formats, KRYO_CLASS);
  const byLayout: SnapshotFormat = {
    ...kryo,
    classNames: [name],
    codec: (snapshot) => kryoCodec(snapshot as KryoSnapshot, reading),
  };
  return [...formats, { ...pojo, codec }, byLayout];
}

const POJO_CLASS = 'org.apache.flink.api.java.typeutils.runtime.PojoSerializerSnapshot';

function formatOf(formats: readonly SnapshotFormat[], className: string): SnapshotFormat {
  const has = (format: SnapshotFormat) => format.classNames.includes(className);
  return formats.findLast(has) ?? SNAPSHOT_FORMATS.find(has)!;
}

/** The POJO with a mark on the field that is meant. */
function marked(pojo: PojoSnapshot, place: KryoPlace, className: string): PojoSnapshot {
  const at = kryoFieldIn(pojo, place);
  const field = pojo.fields[at];
  if (field === undefined || !isKryo(field.value)) return pojo;
  const value = { ...field.value, className };
  return pojoWith(pojo, { fields: pojo.fields.map((one, i) => (i === at ? { ...field, value } : one)) });
}

/** Reads values; the new serializer writes them. */
function kryoCodec(snapshot: KryoSnapshot, { generation, layouts }: KryoReading): Codec {
  const read = compileKryoReader({ generation, snapshot, layouts });
  return {
    length: -1,
    delimited: true,
    minLength: 1,
    read,
    skip: (input) => void read(input),
    write() {
      const reason = `values of ${snapshot.typeClass} were read by a layout and cannot be written by Kryo`;
      throw new StatewrightError('CANNOT_ENCODE', { kind: 'KryoSerializer', reason });
    },
  };
}
