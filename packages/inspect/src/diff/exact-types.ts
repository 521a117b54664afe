import type { TypeDescription } from '@statewright/serializers';
import type { SideTypes } from './field-changes.js';

/** Types whose values are the same exactly when their JSON is: no maps and sets, whose order means nothing. */
const EXACT: ReadonlySet<string> = new Set([
  ...['boolean', 'byte', 'short', 'int', 'long', 'float', 'double', 'char', 'string', 'enum'],
  ...['pojo', 'row', 'tuple', 'case-class', 'list', 'array', 'nullable', 'ttl'],
]);

/** Whether both sides have one type, and another JSON of it is another value as long as nothing in it is opaque. */
export function areExact({ old, new: now }: SideTypes): boolean {
  if (old === undefined || now === undefined || !isExact(old)) return false;
  return old === now || JSON.stringify(old) === JSON.stringify(now);
}

function isExact({ type, opaque, fields = [], subclasses = [] }: TypeDescription): boolean {
  if (!EXACT.has(type) || opaque !== undefined) return false;
  return [...fields, ...subclasses].every((part) => isExact(part.type));
}
