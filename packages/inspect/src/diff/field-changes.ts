import type { TypeDescription } from '@statewright/serializers';
import type { FieldChange } from './diff-views.js';
import { alignLists } from './list-changes.js';

/** Changes of one value that are told; the rest are counted. */
const MOST_FIELDS = 1000;

/** What differs between two values. */
export interface FieldChanges {
  readonly fields: FieldChange[];
  leftOut: number;
  /** Places of which nobody can tell whether they are the same: one side's bytes are explained, the other's are not. */
  unknown: number;
}

/** Nothing yet. */
export function noFieldChanges(): FieldChanges {
  return { fields: [], leftOut: 0, unknown: 0 };
}

/** The types at one place on both sides, as far as they are known. */
export interface SideTypes {
  readonly old: TypeDescription | undefined;
  readonly new: TypeDescription | undefined;
  /** What writes bytes that nothing explains is the same on both sides: other bytes are another value. */
  readonly sameWriter: 'yes' | 'where-types-are-the-same' | 'no';
}

type Json = { readonly [name: string]: unknown };

/**
 * Adds what differs between two values in the JSON of `json-mapping`, field by field, to `into`. Types tell what JSON does
 * not: which arrays are maps, sets or lists.
 */
export function addFieldChanges(
  path: string,
  old: unknown,
  now: unknown,
  types: SideTypes,
  into: FieldChanges,
): void {
  const known = { ...types, old: plainType(types.old), new: plainType(types.new) };
  if (isOpaque(old) || isOpaque(now)) addOpaque(path, old, now, known, into);
  else if (Array.isArray(old) && Array.isArray(now)) addArrays(path, old, now, known, into);
  else if (isObject(old) && isObject(now)) addObjects(path, old, now, known, into);
  else if (!Object.is(old, now)) add(into, { path, change: 'changed', old, new: now });
}

function add(into: FieldChanges, change: FieldChange): void {
  if (into.fields.length < MOST_FIELDS) into.fields.push(change);
  else into.leftOut++;
}

/** The type inside of what may be null and of TTL wrappers. */
function plainType(type: TypeDescription | undefined): TypeDescription | undefined {
  if (type?.type === 'nullable') return plainType(type.fields?.[0]?.type);
  return type?.type === 'ttl' ? plainType(fieldType(type, 'value')) : type;
}

function fieldType(type: TypeDescription | undefined, name: string): TypeDescription | undefined {
  return type?.fields?.find((field) => field.name === name)?.type;
}

function childTypes(types: SideTypes, name: string): SideTypes {
  return { ...types, old: fieldType(types.old, name), new: fieldType(types.new, name) };
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is bytes of which no snapshot tells the structure. */
export function isOpaque(value: unknown): value is { readonly '@opaque': Json } {
  return isObject(value) && Object.hasOwn(value, '@opaque') && isObject(value['@opaque']);
}

/**
 * Opaque values are the same when their bytes are; why they stay closed depends on where they lie. Other bytes of another
 * writer (another Kryo, other registrations) may still be the same value.
 */
function addOpaque(path: string, old: unknown, now: unknown, types: SideTypes, into: FieldChanges): void {
  if (!isOpaque(old) || !isOpaque(now)) {
    into.unknown++;
    return;
  }
  const [a, b] = [old['@opaque'], now['@opaque']];
  if (a.bytes === b.bytes && a.class === b.class) return;
  if (isSameWriter(types)) add(into, { path, change: 'changed', old, new: now, opaque: true });
  else into.unknown++;
}

function isSameWriter({ old, new: now, sameWriter }: SideTypes): boolean {
  if (sameWriter !== 'where-types-are-the-same') return sameWriter === 'yes';
  return old !== undefined && now !== undefined && JSON.stringify(old) === JSON.stringify(now);
}

const SETS = new Set(['set', 'multiset']);
const POSITIONAL = new Set(['tuple', 'row', 'case-class']);

function addArrays(
  path: string,
  old: readonly unknown[],
  now: readonly unknown[],
  types: SideTypes,
  into: FieldChanges,
): void {
  const [a, b] = [types.old?.type, types.new?.type];
  if (a === 'map' && b === 'map') addMaps(path, old, now, types, into);
  else if (a !== undefined && SETS.has(a) && b !== undefined && SETS.has(b)) addSets(path, old, now, into);
  else if (a !== undefined && POSITIONAL.has(a)) addPositions(path, old, now, types, into);
  else addLists(path, old, now, childTypes(types, 'element'), into);
}

/** Maps are arrays of pairs. */
function addMaps(
  path: string,
  old: readonly unknown[],
  now: readonly unknown[],
  types: SideTypes,
  into: FieldChanges,
): void {
  const [before, after] = [byKey(old), byKey(now)];
  const values = childTypes(types, 'value');
  for (const [key, value] of before) {
    const place = `${path}[${key}]`;
    if (after.has(key)) addFieldChanges(place, value, after.get(key), values, into);
    else add(into, { path: place, change: 'removed', old: value });
  }
  for (const [key, value] of after) {
    if (!before.has(key)) add(into, { path: `${path}[${key}]`, change: 'added', new: value });
  }
}

function byKey(pairs: readonly unknown[]): Map<string, unknown> {
  return new Map(
    pairs.map((pair) => {
      const [key, value] = Array.isArray(pair) ? pair : [undefined, pair];
      return [JSON.stringify(key) ?? 'null', value];
    }),
  );
}

/** Elements of sets have no place: what is not on the other side was added or removed. */
function addSets(path: string, old: readonly unknown[], now: readonly unknown[], into: FieldChanges): void {
  const texts = (values: readonly unknown[]) => new Set(values.map((value) => JSON.stringify(value)));
  const [before, after] = [texts(old), texts(now)];
  for (const text of before) {
    if (!after.has(text)) add(into, { path: `${path}{${text}}`, change: 'removed', old: JSON.parse(text) });
  }
  for (const text of after) {
    if (!before.has(text)) add(into, { path: `${path}{${text}}`, change: 'added', new: JSON.parse(text) });
  }
}

/** Fields of tuples and rows stand at their place, whatever stands beside them. */
function addPositions(
  path: string,
  old: readonly unknown[],
  now: readonly unknown[],
  types: SideTypes,
  into: FieldChanges,
): void {
  for (let i = 0; i < Math.max(old.length, now.length); i++) {
    const name = types.new?.fields?.[i]?.name ?? types.old?.fields?.[i]?.name ?? String(i);
    const place = path + step(name);
    if (i >= old.length) add(into, { path: place, change: 'added', new: now[i] });
    else if (i >= now.length) add(into, { path: place, change: 'removed', old: old[i] });
    else {
      const at = { ...types, old: types.old?.fields?.[i]?.type, new: types.new?.fields?.[i]?.type };
      addFieldChanges(place, old[i], now[i], at, into);
    }
  }
}

/** Positions are those of the new list, of removed elements those of the old one. */
function addLists(
  path: string,
  old: readonly unknown[],
  now: readonly unknown[],
  elements: SideTypes,
  into: FieldChanges,
): void {
  const texts = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value));
  for (const { old: i, new: j } of alignLists(texts(old), texts(now))) {
    if (i === undefined) add(into, { path: `${path}[${j}]`, change: 'added', new: now[j!] });
    else if (j === undefined) add(into, { path: `${path}[${i}]`, change: 'removed', old: old[i] });
    else addFieldChanges(`${path}[${j}]`, old[i], now[j], elements, into);
  }
}

function addObjects(path: string, old: Json, now: Json, types: SideTypes, into: FieldChanges): void {
  const names = new Set([...Object.keys(old), ...Object.keys(now)]);
  for (const name of names) {
    const place = path + step(name);
    if (!Object.hasOwn(old, name)) add(into, { path: place, change: 'added', new: now[name] });
    else if (!Object.hasOwn(now, name)) add(into, { path: place, change: 'removed', old: old[name] });
    else addFieldChanges(place, old[name], now[name], childTypes(types, name), into);
  }
}

/** `.name`, or `["a name"]` where it is no plain word. */
function step(name: string): string {
  return /^[\p{L}_$@][\p{L}\p{N}_$]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}
