import { MapValue } from '@statewright/serializers';
import type { KryoClass, ObjectGraph } from '../object-graph.js';
import { checkSize, readBoolean, readFlaggedInt, readVarInt } from '../wire.js';
import { refuseComparator } from './comparator.js';

/** What a serializer of Kryo 5 that extends CollectionSerializer or MapSerializer is told. */
export interface Collection5 {
  /** Whether a comparator follows the size. */
  readonly sorted: boolean;
  /** False for the immutable collections of Java 9: then nothing is written for it. */
  readonly nullable: boolean;
}

/** The class of a name when it is final. */
function finalClass(graph: ObjectGraph, name: string | undefined): KryoClass | undefined {
  return name !== undefined && graph.classes.isFinal(name) ? graph.classes.named(name) : undefined;
}

interface Head {
  readonly size: number;
  readonly type: KryoClass | undefined;
  readonly nulls: boolean;
  readonly onlyNulls: boolean;
}

/**
 *     flag, size + 1          one number; size 0: no flag, and the elements end here
 *     comparator              of a sorted collection: class, reference, body; or 0
 *     class of all elements   when the flag says that they have one and no field declares it; 0: all are null, the end
 *     boolean nulls           behind that, whether some are null
 *     size x element          of a known class: reference where null may be, body; else class, reference, body
 *
 * The flag says, of elements whose class is declared and final: some are null; of others: all have one class.
 * Follows `CollectionSerializer`, Kryo 5.6. Null for a null.
 */
export function readElements5(graph: ObjectGraph, kind: Collection5): unknown[] | null {
  const declared = finalClass(graph, graph.generics.nextClass());
  const head = declared === undefined ? readHead(graph, kind) : readTypedHead(graph, kind, declared);
  const elements = head === undefined ? null : readAll(graph, head);
  if (head?.onlyNulls === true) graph.generics.pop();
  graph.generics.pop();
  return elements;
}

function readTypedHead(graph: ObjectGraph, kind: Collection5, type: KryoClass): Head | undefined {
  const { input } = graph;
  const start = input.pos;
  const { flag, value } = kind.nullable ? readFlaggedInt(input) : { flag: false, value: readVarInt(input) };
  if (value === 0) return undefined;
  const size = checkSize(input, start, value - 1);
  if (kind.sorted) refuseComparator(graph);
  return { size, type, nulls: flag, onlyNulls: false };
}

function readHead(graph: ObjectGraph, kind: Collection5): Head | undefined {
  const { input } = graph;
  const start = input.pos;
  const { flag, value } = readFlaggedInt(input);
  if (value === 0) return undefined;
  const size = value - 1;
  if (kind.sorted) refuseComparator(graph);
  if (size === 0 || !flag) {
    checkSize(input, start, size);
    return { size, type: undefined, nulls: false, onlyNulls: false };
  }
  const type = graph.readClass();
  if (type === undefined) return { size, type, nulls: true, onlyNulls: true };
  const nulls = kind.nullable && readBoolean(input);
  checkSize(input, start, size);
  return { size, type, nulls, onlyNulls: false };
}

function readAll(graph: ObjectGraph, { size, type, nulls, onlyNulls }: Head): unknown[] {
  const elements: unknown[] = [];
  if (onlyNulls) {
    graph.count(size);
    for (let i = 0; i < size; i++) elements.push(null);
    return elements;
  }
  for (let i = 0; i < size; i++) {
    if (type === undefined) elements.push(graph.readClassAndObject());
    else elements.push(nulls ? graph.readObjectOrNull(type, undefined) : graph.readObject(type, undefined));
  }
  return elements;
}

/**
 *     varint size + 1, or 0 for null
 *     comparator      of a sorted map: class, reference, body; or 0
 *     size x key, value: reference (where null may be) and body when a field declares a final class, else class,
 *                     reference, body
 *
 * Follows `MapSerializer`, Kryo 5.6.
 */
export function readMap5(graph: ObjectGraph, kind: Collection5): MapValue | null {
  const { input, generics } = graph;
  const start = input.pos;
  const length = readVarInt(input);
  if (length === 0) return null;
  const size = checkSize(input, start, length - 1, kind.nullable ? 2 : 1);
  if (kind.sorted) refuseComparator(graph);
  const entries: [unknown, unknown][] = [];
  if (size === 0) return new MapValue(entries);
  const types = generics.next();
  const [keys, values] = types ?? [];
  const keyType = finalClass(graph, keys && generics.resolve(keys));
  const valueType = finalClass(graph, values && generics.resolve(values));
  for (let i = 0; i < size; i++) {
    if (keys !== undefined) generics.push(keys);
    const key = readPart(graph, keyType, kind);
    if (keys !== undefined) generics.pop();
    entries.push([key, readPart(graph, valueType, kind)]);
  }
  generics.pop();
  return new MapValue(entries);
}

function readPart(graph: ObjectGraph, type: KryoClass | undefined, { nullable }: Collection5): unknown {
  if (type === undefined) return graph.readClassAndObject();
  return nullable ? graph.readObjectOrNull(type, undefined) : graph.readObject(type, undefined);
}
