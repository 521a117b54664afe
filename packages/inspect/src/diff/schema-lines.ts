import type { State } from '@statewright/savepoint';
import type { TypeDescription } from '@statewright/serializers';
import { type Describe, namespaceOf } from '../describe.js';
import { typeLines } from '../type-lines.js';
import type { SchemaChange, SchemaPlace } from './diff-views.js';

const PLACES: readonly SchemaPlace[] = ['kind', 'ttl', 'key', 'namespace', 'value'];

/** What a state's schema says of each place, on lines; a place that a state has not is absent. */
export type SchemaLines = ReadonlyMap<SchemaPlace, readonly string[]>;

/** A state's kind, TTL and types, on lines that say all that the snapshot tells of them. */
export function schemaLines(state: State, describe: Describe): SchemaLines {
  const lines = new Map<SchemaPlace, readonly string[]>();
  lines.set('kind', [state.kind]);
  lines.set('ttl', [state.ttl ? 'on' : 'off']);
  const types: readonly (readonly [SchemaPlace, TypeDescription | undefined])[] = [
    ['key', state.keySerializer === undefined ? undefined : describe(state.keySerializer)],
    ['namespace', namespaceOf(state, describe)],
    ['value', describe(state.valueSerializer)],
  ];
  for (const [place, type] of types) {
    if (type !== undefined) lines.set(place, [...typeLines(type), ...detailLines(type, '')]);
  }
  return lines;
}

/** The places at which two schemas differ. */
export function schemaChanges(old: SchemaLines, now: SchemaLines): SchemaChange[] {
  return PLACES.flatMap((place) => {
    const [before, after] = [old.get(place) ?? [], now.get(place) ?? []];
    if (before.join('\n') === after.join('\n')) return [];
    return [{ place, old: before, new: after }];
  });
}

/** Details that stand in the type's own line already, and those that only repeat its parts. */
const SHOWN = new Set([
  'precision',
  'scale',
  'size',
  'logicalType',
  'sql',
  'arity',
  'describedAbove',
  'schema',
]);

/** What the short syntax has no place for: the constants of an enum, registrations of Kryo. */
function detailLines(type: TypeDescription, path: string): string[] {
  const own = Object.entries(type.details ?? {})
    .filter(([name]) => !SHOWN.has(name))
    .flatMap(([name, value]) => detail(`${path === '' ? '' : `${path} > `}${name}`, value));
  const fields = (type.fields ?? []).flatMap((field) =>
    detailLines(field.type, path === '' ? field.name : `${path} > ${field.name}`),
  );
  const subclasses = (type.subclasses ?? []).flatMap(({ name, type: subclass }) =>
    detailLines(subclass, path === '' ? name : `${path} > ${name}`),
  );
  return [...own, ...fields, ...subclasses];
}

function detail(name: string, value: unknown): string[] {
  if (!Array.isArray(value)) return [`# ${name}: ${textOf(value)}`];
  return value.map((one, i) => `# ${name} ${i}: ${textOf(one)}`);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
