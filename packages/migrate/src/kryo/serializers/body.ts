import { RecordValue } from '@statewright/serializers';
import type { Generics, ObjectGraph } from '../object-graph.js';

/** Reads what one of Kryo's serializers wrote, from behind class and reference. */
export type Body = (graph: ObjectGraph, generics: Generics) => unknown;

/** Classes whose objects are decoded as what is inside them. */
const UNWRAPPED: ReadonlySet<string> = new Set([
  'java.util.Optional',
  'java.util.concurrent.atomic.AtomicReference',
]);

/**
 * A value in a place of a declared class: a record of another class says so (`RecordValue.subclass`). Undefined: the
 * place declares nothing, as the elements of a collection.
 */
export function asDeclared(value: unknown, declared: string | undefined): unknown {
  if (declared === undefined || !(value instanceof RecordValue)) return value;
  if (UNWRAPPED.has(declared)) return value;
  const { shape, fields } = value;
  return shape.className === declared ? value : new RecordValue(shape, fields, shape.className);
}

/** Throws BAD_VALUE unless a number that was just read is within two others, both included. */
export function checkRange(
  graph: ObjectGraph,
  what: string,
  value: number,
  least: number,
  most: number,
): void {
  if (value >= least && value <= most) return;
  const reason = `${what} ${value} is not within ${least} and ${most}`;
  throw graph.errorAt(graph.input.pos, 'BAD_VALUE', reason);
}
