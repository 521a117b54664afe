import { MapValue } from '@statewright/serializers';
import type { Generics, KryoClass, ObjectGraph } from '../object-graph.js';
import { readSize } from '../wire.js';
import { refuseComparator } from './comparator.js';

/** The class of an argument's objects when it is final: then they have no class in the stream. */
function finalClass(graph: ObjectGraph, generics: Generics, position: number): KryoClass | undefined {
  if (generics === undefined || generics === 'stale') return undefined;
  const name = generics[position];
  return name !== undefined && graph.classes.isFinal(name) ? graph.classes.named(name) : undefined;
}

function readPart(graph: ObjectGraph, type: KryoClass | undefined): unknown {
  return type === undefined ? graph.readClassAndObject() : graph.readObjectOrNull(type, 'stale');
}

/**
 *     varint size
 *     size x element: reference and body when a field declares a final class for them, else class, reference, body
 *
 * Follows `CollectionSerializer`, Kryo 2.24.
 */
export function readElements2(graph: ObjectGraph, generics: Generics): unknown[] {
  const size = readSize(graph.input);
  const type = finalClass(graph, generics, 0);
  const elements: unknown[] = [];
  for (let i = 0; i < size; i++) elements.push(readPart(graph, type));
  return elements;
}

/** As `readElements2`, behind a comparator. `TreeSetSerializer`, Kryo 2.24. */
export function readSortedElements2(graph: ObjectGraph, generics: Generics): unknown[] {
  refuseComparator(graph);
  return readElements2(graph, generics);
}

/**
 *     varint size
 *     size x key, value, each like the elements of a collection
 *
 * Follows `MapSerializer`, Kryo 2.24.
 */
export function readMap2(graph: ObjectGraph, generics: Generics): MapValue {
  const size = readSize(graph.input, 2);
  const keyType = finalClass(graph, generics, 0);
  const valueType = finalClass(graph, generics, 1);
  const entries: [unknown, unknown][] = [];
  for (let i = 0; i < size; i++) {
    const key = readPart(graph, keyType);
    entries.push([key, readPart(graph, valueType)]);
  }
  return new MapValue(entries);
}

/** As `readMap2`, behind a comparator. `TreeMapSerializer`, Kryo 2.24. */
export function readSortedMap2(graph: ObjectGraph, generics: Generics): MapValue {
  refuseComparator(graph);
  return readMap2(graph, generics);
}

/**
 *     class comparator, or 0; varint size; size x (class, reference, body)
 *
 * Follows Flink 1.20's `PriorityQueueSerializer`.
 */
export function readPriorityQueue2(graph: ObjectGraph): unknown[] {
  refuseComparator(graph);
  return readElements2(graph, undefined);
}

/**
 *     varint size; class of the array's elements; size x (class, reference, body)
 *
 * Follows `com.twitter.chill.java.ArraysAsListSerializer`, 0.7.6.
 */
export function readArraysAsList2(graph: ObjectGraph): unknown[] {
  const size = readSize(graph.input);
  graph.readClass();
  const elements: unknown[] = [];
  for (let i = 0; i < size; i++) elements.push(graph.readClassAndObject());
  return elements;
}
