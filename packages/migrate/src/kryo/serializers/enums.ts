import { SetValue } from '@statewright/serializers';
import type { KryoClassLayout } from '../layout.js';
import type { ObjectGraph } from '../object-graph.js';
import { readSize, readVarInt } from '../wire.js';
import type { Body } from './body.js';

/** A constant's name from its ordinal: varint ordinal + 1, or 0 for null. Follows `EnumSerializer`, Kryo 2.24 and 5.6. */
export function enumBody({ className, constants = [] }: KryoClassLayout): Body {
  return (graph) => {
    const start = graph.input.pos;
    const number = readVarInt(graph.input);
    if (number === 0) return null;
    const name = constants[number - 1];
    if (name !== undefined) return name;
    const reason = `ordinal ${number - 1} is found, but ${className} has ${constants.length} constants`;
    throw graph.errorAt(start, 'BAD_VALUE', reason);
  };
}

/** `class, varint size, size x (varint ordinal + 1)`. Follows `EnumSetSerializer`, Kryo 2.24 and 5.6. */
export function readEnumSet(graph: ObjectGraph): SetValue {
  const start = graph.input.pos;
  const type = graph.readClass();
  if (type === undefined) throw graph.errorAt(start, 'BAD_VALUE', 'an EnumSet has no class');
  const size = readSize(graph.input);
  const elements: unknown[] = [];
  for (let i = 0; i < size; i++) elements.push(type.read(graph, undefined));
  return new SetValue(elements);
}
