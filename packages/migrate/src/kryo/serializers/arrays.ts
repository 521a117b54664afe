import { elementOf, isPrimitive, STRING } from '../java-types.js';
import type { PrimitiveName } from '../layout.js';
import type { KryoGeneration, ObjectGraph } from '../object-graph.js';
import { checkSize, readVarInt } from '../wire.js';
import { asDeclared, type Body } from './body.js';
import { PRIMITIVE_BYTES, primitiveReaders } from './primitives.js';

/**
 * The reader of an array class.
 *
 *     varint length + 1, or 0 for null
 *     elements: primitives as fields are; String[] and elements of a final class: reference, body; others: class,
 *               reference, body. An array is of a final class in this, whatever its elements are.
 *
 * Follows `DefaultArraySerializers`, Kryo 2.24 and 5.6.
 */
export function arrayBody(className: string, generation: KryoGeneration): Body {
  const element = elementOf(className) ?? '';
  if (element === 'byte') return readBytes;
  if (isPrimitive(element)) return primitives(element, generation);
  return (graph, generics) => {
    const length = readLength(graph, 1);
    if (length === undefined) return null;
    const values: unknown[] = [];
    const known = element === STRING || element.startsWith('[') || graph.classes.isFinal(element);
    const type = known ? graph.classes.named(element) : undefined;
    for (let i = 0; i < length; i++) {
      const value =
        type === undefined
          ? readElement(graph, generation, generics)
          : graph.readObjectOrNull(type, generics);
      values.push(asDeclared(value, element));
    }
    return values;
  };
}

/** Kryo 2 hands its generics on to each element's serializer. */
function readElement(graph: ObjectGraph, generation: KryoGeneration, generics: Parameters<Body>[1]): unknown {
  if (generation === 5) return graph.readClassAndObject();
  const type = graph.readClass();
  return type === undefined ? null : graph.readObject(type, generics);
}

function readLength(graph: ObjectGraph, bytesEach: number): number | undefined {
  const { input } = graph;
  const start = input.pos;
  const length = readVarInt(input);
  return length === 0 ? undefined : checkSize(input, start, length - 1, bytesEach);
}

function readBytes(graph: ObjectGraph): Uint8Array | null {
  const length = readLength(graph, 1);
  return length === undefined ? null : graph.input.readBytes(length, 'Kryo value').slice();
}

function primitives(name: PrimitiveName, generation: KryoGeneration): Body {
  const read = primitiveReaders(generation).get(name)!;
  return (graph) => {
    const length = readLength(graph, PRIMITIVE_BYTES[name]);
    if (length === undefined) return null;
    const values: unknown[] = [];
    for (let i = 0; i < length; i++) values.push(read(graph.input));
    return values;
  };
}
