import type { SerializerSnapshot } from '@statewright/serializers';

/**
 * What two snapshots of one type may differ in: where they lie, which release's form they have, and Java objects that say
 * again what is compared already.
 */
const NOT_THE_TYPE: ReadonlySet<string> = new Set([
  'span',
  'version',
  'outerVersion',
  'serializerClass',
  'typeBytes',
  'objects',
  'frame',
  'unreadable',
  'schema',
]);

/** Whether two snapshots are of one type: the same classes, fields, names and numbers all the way down. */
export function sameType(a: SerializerSnapshot, b: SerializerSnapshot): boolean {
  return sameValue(a, b);
}

function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Uint8Array || b instanceof Uint8Array) {
    return a instanceof Uint8Array && b instanceof Uint8Array && Buffer.compare(a, b) === 0;
  }
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, i) => sameValue(item, b[i]));
  }
  const keys = new Set([...Object.keys(a), ...Object.keys(b)].filter((key) => !NOT_THE_TYPE.has(key)));
  return [...keys].every((key) => sameValue((a as Fields)[key], (b as Fields)[key]));
}

type Fields = { readonly [key: string]: unknown };
