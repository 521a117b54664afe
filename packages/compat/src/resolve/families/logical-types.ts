import { isDeepStrictEqual } from 'node:util';
import type { LogicalType } from '@statewright/serializers';

/**
 * Whether two SQL types are equal as `LogicalType#equals` sees them: nullability, lengths, precisions and the names of
 * nested fields included. `undefined` where the type holds something of which only the Java object tells.
 */
export function sameType(old: LogicalType, now: LogicalType): boolean | undefined {
  if (!isDeepStrictEqual(old, now)) return false;
  return isWhole(old) ? true : undefined;
}

/** Whether the description has all that `equals` looks at. */
function isWhole(type: LogicalType): boolean {
  switch (type.kind) {
    case 'scalar':
      return true;
    case 'array':
      return isWhole(type.element);
    case 'map':
      return isWhole(type.key) && isWhole(type.value);
    case 'row':
      return type.root === 'ROW' && type.types.every(isWhole);
    default:
      return false;
  }
}

/** The type in the words of SQL, shortly: root, lengths and NOT NULL; of nested types only the root. */
export function shortType(type: LogicalType): string {
  const numbers = type.kind === 'scalar' ? [type.length, type.precision, type.scale] : [];
  const given = numbers.filter((number) => number !== undefined);
  const text = given.length === 0 ? type.root : `${type.root}(${given.join(', ')})`;
  return type.nullable ? text : `${text} NOT NULL`;
}

/** Whether two byte strings are the same. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, i) => other[i] === byte);
}
