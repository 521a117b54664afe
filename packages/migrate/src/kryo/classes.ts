import { StatewrightError } from '@statewright/bytes';
import type { KryoSnapshot } from '@statewright/serializers';
import { jdkFinal } from './finality.js';
import { BOXES, elementOf, isPrimitive } from './java-types.js';
import { jdkBodies } from './jdk-classes.js';
import { JDK_ENUMS } from './jdk-enums.js';
import type { KryoClassLayout, KryoLayouts } from './layout.js';
import { NameCache } from './name-cache.js';
import type { KryoClass, KryoClasses, KryoGeneration } from './object-graph.js';
import { parseLayout } from './parse-layout.js';
import { kryoIds, SCALA_IDS, serializerInstance } from './registrations.js';
import { arrayBody } from './serializers/arrays.js';
import type { Body } from './serializers/body.js';
import { enumBody } from './serializers/enums.js';
import { type Make, makeRecord } from './serializers/fields.js';
import { fieldsBody2 } from './serializers/fields-2.js';
import { fieldsBody5 } from './serializers/fields-5.js';
import { FLINK_TUPLES } from './serializers/flink-tuples.js';
import { JDK_OBJECTS, type JdkObjectRow } from './serializers/jdk-objects.js';
import { recordBody } from './serializers/records.js';

const KIND = 'Kryo value';

/** What a stream of classes is read with. */
export interface KryoReaderOptions {
  readonly generation: KryoGeneration;
  /** The snapshot of the serializer that wrote the values: which classes have ids. */
  readonly snapshot: KryoSnapshot;
  /** The classes that Kryo's FieldSerializer wrote, and enums, by name. */
  readonly layouts: KryoLayouts;
}

/** Classes whose objects are never referred to, for they are primitives' objects. */
const UNREFERENCED: ReadonlySet<string> = new Set(BOXES.flat());
/** Flink's KryoSerializer gives Throwable a serializer; AvroKryoSerializerUtils gives Schema one. Neither is a class of data. */
const HARMLESS_DEFAULTS: ReadonlySet<string> = new Set(['java.lang.Throwable', 'org.apache.avro.Schema']);

/** The classes of the streams that a KryoSerializer wrote. */
export function kryoClasses({ generation, snapshot, layouts }: KryoReaderOptions): KryoClasses {
  const ids = kryoIds(generation, snapshot);
  const custom = customSerializers(snapshot);
  const bodies = jdkBodies(generation);
  const objects = knownObjects(generation);
  const cache = new Map<string, KryoClass>();
  const finals = new Map<string, boolean>();

  const layoutOf = (name: string): KryoClassLayout | undefined =>
    layouts.get(name) ?? JDK_ENUMS.get(name) ?? enumWithBody(name, layouts);
  const bodyOf = (name: string): Body => {
    const serializer = custom.get(name);
    if (serializer !== undefined) return refused(`${name} is written by ${serializer}, which is not known`);
    if (name.startsWith('[')) return arrayBody(name, generation);
    const object = objects.get(name);
    if (object !== undefined) return knownBody(name, object, generation);
    const layout = layoutOf(name);
    return (
      bodies.get(name) ??
      (layout && layoutBody(layout, generation)) ??
      refused(unknown(name, layouts), 'say its layout')
    );
  };
  const isFinal = (name: string): boolean => {
    const cached = finals.get(name);
    if (cached !== undefined) return cached;
    const found = findFinal(name);
    finals.set(name, found);
    return found;
  };
  const findFinal = (name: string): boolean => {
    const element = elementOf(name);
    if (element !== undefined) return isFinal(element);
    const known = jdkFinal(name) ?? layouts.get(name)?.final;
    if (known !== undefined) return known;
    throw notSupported(`whether ${name} is final is not known`, 'say its layout');
  };
  const named = (name: string): KryoClass => {
    const cached = cache.get(name);
    if (cached !== undefined) return cached;
    const isEnum = layoutOf(name)?.kind === 'enum';
    const referenced = !UNREFERENCED.has(name) && !(generation === 5 && isEnum);
    const made = { name, referenced, read: bodyOf(name) };
    cache.set(name, made);
    return made;
  };
  const byId = (id: number): KryoClass | undefined => {
    const found = ids.get(id);
    if (found !== undefined) return named(found.className);
    const scala = id >= SCALA_IDS.first && id <= SCALA_IDS.last;
    return scala
      ? { name: `Scala class ${id}`, referenced: false, read: refused(scalaReason(id)) }
      : undefined;
  };
  return { byId, named, isFinal, names: new NameCache() };
}

/** Classes that Kryo was told how to write, with the serializers. */
function customSerializers(snapshot: KryoSnapshot): ReadonlyMap<string, string> {
  const custom = new Map<string, string>([['java.text.SimpleDateFormat', 'Java serialization']]);
  for (const { name, value } of snapshot.defaultSerializers) custom.set(name, instanceName(value));
  for (const { name, value } of snapshot.defaultSerializerClasses)
    custom.set(name, value ?? 'a missing class');
  for (const [name, serializer] of custom) refuseBroad(name, serializer);
  for (const { name, value } of snapshot.registrations) {
    if (value === undefined) custom.set(name, 'a serializer that was missing when the snapshot was written');
    if (value?.kind === 'class') custom.set(name, value.serializerClass);
    if (value?.kind === 'instance') custom.set(name, serializerInstance(value.instance));
  }
  return custom;
}

function instanceName(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? 'a missing class' : serializerInstance(bytes);
}

/** A default serializer for an interface or a base class of the JDK may be that of any class of the JDK. */
function refuseBroad(name: string, serializer: string): void {
  if (HARMLESS_DEFAULTS.has(name) || !name.startsWith('java.') || jdkFinal(name) === true) return;
  if (name === 'java.text.SimpleDateFormat') return;
  throw notSupported(`${serializer} is the default serializer of ${name} and of all that extends it`);
}

/** `Status$1` is the class of a constant of `Status` that has a body. */
function enumWithBody(name: string, layouts: KryoLayouts): KryoClassLayout | undefined {
  const cut = /\$\d+$/.exec(name)?.index;
  const found = cut === undefined ? undefined : layouts.get(name.slice(0, cut));
  return found?.kind === 'enum' && !found.final ? found : undefined;
}

function layoutBody(layout: KryoClassLayout, generation: KryoGeneration): Body {
  if (layout.kind === 'enum') return enumBody(layout);
  if (layout.kind === 'abstract')
    return refused(`${layout.className} is abstract, and yet an object is of it`);
  if (layout.kind === 'object') return objectBody(layout, generation, makeRecord(layout));
  if (generation === 5) return recordBody(layout, makeRecord(layout));
  return refused(`${layout.className} is a record, which Kryo 2 does not write`);
}

function objectBody(layout: KryoClassLayout, generation: KryoGeneration, make: Make): Body {
  return generation === 2 ? fieldsBody2(layout, make) : fieldsBody5(layout, make);
}

/** Classes of the JDK and of Flink that are written by their fields. */
function knownObjects(generation: KryoGeneration): ReadonlyMap<string, JdkObjectRow> {
  const rows = [...JDK_OBJECTS, ...FLINK_TUPLES].filter(({ generations }) =>
    generations.includes(generation),
  );
  return new Map(rows.map((row) => [DOTTED.exec(row.layout)?.[0] ?? '', row]));
}

/** The first class in a layout's text. */
const DOTTED = /[\w$]+(?:\.[\w$]+)+/;

function knownBody(name: string, { layout: text, make }: JdkObjectRow, generation: KryoGeneration): Body {
  const layout = parseLayout(text, (_, reason) => notSupported(reason)).layouts.get(name)!;
  return objectBody(layout, generation, make);
}

function scalaReason(id: number): string {
  return `class id ${id} is that of a class of Scala, none of which are read`;
}

function refused(reason: string, next?: string): Body {
  return (graph) => {
    throw graph.errorAt(graph.input.pos, 'NOT_SUPPORTED', reason, next);
  };
}

function unknown(name: string, layouts: KryoLayouts): string {
  if (isPrimitive(name)) return `${name} is no class of objects`;
  const why = layouts.why?.(name);
  if (why !== undefined) return `${name} is in the stream, but ${why}`;
  return `${name} is in the stream, but neither a layout nor a known serializer tells what its bytes are`;
}

function notSupported(reason: string, next?: string): StatewrightError {
  return new StatewrightError('NOT_SUPPORTED', { kind: KIND, reason, next });
}
