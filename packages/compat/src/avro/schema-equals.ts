import type { AvroField, AvroJson, AvroProps, AvroType } from '@statewright/serializers';
import { pairMemo } from './pairs.js';

/**
 * Whether two schemas are the same to Avro: names with namespace, fields in order with type, default, order and properties,
 * symbols, sizes, branches in order, and properties, among them `avro.java.string` and logical types. Aliases, docs, the
 * default of an enum, and whether a record is an error do not count. Follows `org.apache.avro.Schema#equals`, Avro 1.11.4.
 */
export function schemasEqual(left: AvroType, right: AvroType): boolean {
  const memo = pairMemo<boolean>();
  const same = (a: AvroType, b: AvroType): boolean => memo.of(a, b, true, () => equalTypes(a, b, same));
  return same(left, right);
}

type Same = (left: AvroType, right: AvroType) => boolean;

function equalTypes(left: AvroType, right: AvroType, same: Same): boolean {
  return propsEqual(left.props, right.props) && equalStructure(left, right, same);
}

function equalStructure(left: AvroType, right: AvroType, same: Same): boolean {
  if (left.kind === 'primitive' && right.kind === 'primitive') return left.type === right.type;
  if (left.kind === 'array' && right.kind === 'array') return same(left.items, right.items);
  if (left.kind === 'map' && right.kind === 'map') return same(left.values, right.values);
  if (left.kind === 'union' && right.kind === 'union') return equalLists(left.branches, right.branches, same);
  if (left.kind === 'fixed' && right.kind === 'fixed')
    return left.name === right.name && left.size === right.size;
  if (left.kind === 'enum' && right.kind === 'enum') {
    return left.name === right.name && equalLists(left.symbols, right.symbols, (a, b) => a === b);
  }
  if (left.kind === 'record' && right.kind === 'record') {
    const fields = (a: AvroField, b: AvroField) => equalFields(a, b, same);
    return left.name === right.name && equalLists(left.fields, right.fields, fields);
  }
  return false;
}

function equalFields(left: AvroField, right: AvroField, same: Same): boolean {
  return (
    left.name === right.name &&
    left.order === right.order &&
    defaultsEqual(left.default, right.default) &&
    propsEqual(left.props, right.props) &&
    same(left.type, right.type)
  );
}

/** Two defaults, or that there is none. */
export function defaultsEqual(left: AvroJson | undefined, right: AvroJson | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return jsonEqual(left, right);
}

/** Whether two sets of properties are the same, in whatever order. */
export function propsEqual(left: AvroProps, right: AvroProps): boolean {
  return jsonEqual(left, right);
}

/** As Jackson compares: 1 is not 1.0, 0.0 is not -0.0, members may come in any order. */
function jsonEqual(left: AvroJson, right: AvroJson): boolean {
  if (left instanceof Map && right instanceof Map) {
    if (left.size !== right.size) return false;
    return [...left].every(
      ([name, value]) => right.has(name) && jsonEqual(value, right.get(name) as AvroJson),
    );
  }
  if (Array.isArray(left) && Array.isArray(right)) return equalLists(left, right, jsonEqual);
  return Object.is(left, right);
}

function equalLists<T>(left: readonly T[], right: readonly T[], same: (a: T, b: T) => boolean): boolean {
  return left.length === right.length && left.every((one, i) => same(one, right[i] as T));
}
