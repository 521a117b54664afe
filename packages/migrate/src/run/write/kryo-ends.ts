import { type DataInputView, StatewrightError } from '@statewright/bytes';
import type { Savepoint } from '@statewright/savepoint';
import {
  type Codec,
  type KryoSnapshot,
  SNAPSHOT_FORMATS,
  type SnapshotFormat,
} from '@statewright/serializers';
import { EndedOpaque } from '../../kryo/ended-opaque.js';
import { kryoExtent } from '../../kryo/kryo-extent.js';
import type { KryoGeneration } from '../../kryo/object-graph.js';

const KRYO = 'org.apache.flink.api.java.typeutils.runtime.kryo.KryoSerializerSnapshot';

/** Kryo 2 before Flink 2.0, 5 from then on; undefined where the snapshot may be of either. */
function generationOf({ flinkVersions }: Savepoint): KryoGeneration | undefined {
  const [first, last] = flinkVersions.map((version) => version.startsWith('1.'));
  if (first !== last) return undefined;
  return first === true ? 2 : 5;
}

const FORMATS = new WeakMap<Savepoint, Map<boolean, readonly SnapshotFormat[]>>();

/**
 * Formats by which values of Kryo stay opaque but end where they end, as far as their classes are all known: so that what
 * lies behind them can be read and they can be copied. `heap`: bytes may be cut short there, so that a lack of them is told.
 */
export function kryoEnds(savepoint: Savepoint, heap: boolean): readonly SnapshotFormat[] {
  let known = FORMATS.get(savepoint);
  if (known === undefined) {
    known = new Map();
    FORMATS.set(savepoint, known);
  }
  let formats = known.get(heap);
  if (formats === undefined) {
    formats = formatsFor(savepoint, heap);
    known.set(heap, formats);
  }
  return formats;
}

function formatsFor(savepoint: Savepoint, heap: boolean): readonly SnapshotFormat[] {
  const generation = generationOf(savepoint);
  const kryo = SNAPSHOT_FORMATS.find(({ classNames }) => classNames.includes(KRYO));
  const replaced = savepoint.formats.findLast(({ classNames }) => classNames.includes(KRYO)) !== kryo;
  if (generation === undefined || kryo === undefined || replaced) return [];
  const codec: SnapshotFormat['codec'] = (snapshot, compiler) =>
    endingCodec(snapshot as KryoSnapshot, kryo.codec(snapshot, compiler), generation, heap);
  return [{ ...kryo, codec }];
}

function endingCodec(
  snapshot: KryoSnapshot,
  closed: Codec,
  generation: KryoGeneration,
  heap: boolean,
): Codec {
  const extent = kryoExtent({ generation, snapshot });
  const step = (input: DataInputView): boolean => {
    const [start, depth] = [input.pos, input.depth];
    try {
      if ('end' in extent(input)) return true;
    } catch (error) {
      if (!(error instanceof StatewrightError) || (heap && isShortage(error))) throw error;
    }
    input.pos = start;
    input.depth = depth;
    return false;
  };
  return {
    length: -1,
    delimited: true,
    mayRunToLimit: true,
    minLength: 1,
    read(input) {
      const start = input.pos;
      if (!step(input)) return closed.read(input);
      const bytes = input.bytes.slice(start, input.pos);
      const why = 'Kryo wrote it, and it is only copied';
      return new EndedOpaque(
        bytes,
        input.spanFrom(input.fileOffset + start),
        why,
        snapshot.typeClass,
        'KryoSerializer',
      );
    },
    write: (output, value) => closed.write(output, value),
    skip(input) {
      if (!step(input)) closed.skip(input);
    },
  };
}

function isShortage({ code }: StatewrightError): boolean {
  return code === 'TRUNCATED' || code === 'BAD_LENGTH';
}
