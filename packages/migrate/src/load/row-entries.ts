import { StatewrightError } from '@statewright/bytes';
import type { StateKind } from '@statewright/savepoint';
import {
  describeSerializer,
  MapValue,
  type SerializerSnapshot,
  type SnapshotFormat,
  type TypeDescription,
} from '@statewright/serializers';
import { type FromJson, fromJson } from '../entries/from-json.js';
import { millisOf } from '../entries/json/times.js';
import type { MigratedEntry } from '../job/entry-change.js';
import { cellJson } from './cell-value.js';
import { badRow, type LoadRow } from './row.js';

/** The types of what is loaded; those that a state of its kind does not have are undefined. */
export interface LoadTypes {
  readonly kind: StateKind;
  readonly key: SerializerSnapshot | undefined;
  readonly namespace: SerializerSnapshot | undefined;
  /** Of a list's element, a map's value, or the whole value; undefined for timers. */
  readonly element: SerializerSnapshot | undefined;
  readonly userKey: SerializerSnapshot | undefined;
  /** The state has TTL. */
  readonly ttl: boolean;
}

/** What else is said of the rows. */
export interface RowOptions {
  readonly file: string;
  /** Names of columns by what they hold: `key`, `value`, `value.FIELD`, `userKey`, `namespace`, `ttl`, `index`. */
  readonly columns: ReadonlyMap<string, string>;
  /** Last access, in milliseconds, of rows that do not tell it. */
  readonly lastUsed: bigint | undefined;
  readonly formats: readonly SnapshotFormat[];
}

interface Part {
  readonly type: TypeDescription;
  readonly read: FromJson;
}

const LONG: TypeDescription = { type: 'long', serializer: 'LongSerializer' };
const LISTS: readonly StateKind[] = ['list', 'operator-list', 'union-list'];
const MAPS: readonly StateKind[] = ['map', 'broadcast'];
const FIELDS: ReadonlySet<string> = new Set(['pojo', 'avro', 'record', 'case-class', 'row', 'tuple']);

/** Makes the entries of rows. BAD_DOCUMENT at the row for what does not fit the types. */
export function rowEntries(
  types: LoadTypes,
  options: RowOptions,
): (row: LoadRow) => readonly MigratedEntry[] {
  const partOf = (snapshot: SerializerSnapshot | undefined): Part | undefined =>
    snapshot && {
      type: describeSerializer(snapshot, options.formats),
      read: fromJson(snapshot, options.formats),
    };
  const parts = {
    key: partOf(types.key),
    namespace: partOf(types.namespace),
    element: partOf(types.element),
    userKey: partOf(types.userKey),
  };
  return (row) => {
    const reader = new RowReader(row, options);
    const key = parts.key === undefined ? undefined : reader.value('key', parts.key);
    const namespace = parts.namespace === undefined ? undefined : reader.namespace(parts.namespace);
    const base = { key, namespace, keyGroup: undefined, subtask: undefined };
    const values = valuesOf(types.kind, parts, reader);
    return finished(types, values, base, reader);
  };
}

interface Parts {
  readonly element: Part | undefined;
  readonly userKey: Part | undefined;
}

/** What a row holds: the items of a list or map, or one value. */
type Values =
  | { readonly items: readonly unknown[] }
  | { readonly pairs: readonly (readonly [unknown, unknown])[] }
  | { readonly value: unknown };

function valuesOf(kind: StateKind, { element, userKey }: Parts, reader: RowReader): Values {
  if (kind === 'timer') return { value: reader.millis() };
  if (element === undefined) throw reader.error('the state has no type of values');
  if (LISTS.includes(kind)) {
    return { items: reader.isItem('index') ? [reader.value('value', element)] : reader.list(element) };
  }
  if (!MAPS.includes(kind) || userKey === undefined) return { value: reader.value('value', element) };
  if (!reader.isPair()) return { pairs: reader.map(userKey, element) };
  return { pairs: [[reader.value('userKey', userKey), reader.valueOrNull('value', element)]] };
}

type Base = Omit<MigratedEntry, 'value' | 'ttl'>;

/** Entries as a feed gives them: operator state in its parts. */
function finished({ kind, ttl }: LoadTypes, values: Values, base: Base, reader: RowReader): MigratedEntry[] {
  if ('value' in values) {
    return [{ ...base, value: values.value, ttl: ttl ? reader.lastAccess(1)[0] : undefined }];
  }
  const items = 'items' in values ? values.items : values.pairs;
  if (items.length === 0) return [];
  if (kind === 'operator-list' || kind === 'union-list') {
    return items.map((value) => ({ ...base, value, ttl: undefined }));
  }
  if (kind === 'broadcast' && 'pairs' in values) {
    return values.pairs.map(([key, value]) => ({ ...base, key, value, ttl: undefined }));
  }
  const value = 'items' in values ? values.items : new MapValue(values.pairs);
  return [{ ...base, value, ttl: ttl ? reader.lastAccess(items.length) : undefined }];
}

/** Reads the parts of one row. */
class RowReader {
  constructor(
    private readonly row: LoadRow,
    private readonly options: RowOptions,
  ) {}

  error(reason: string, next?: string): StatewrightError {
    return badRow(this.options.file, this.row.line, reason, next);
  }

  private cell(name: string) {
    return this.row.cell(this.options.columns.get(name) ?? name);
  }

  /** Whether the row is one element of a list: rows of tables always are, lines of `export --flatten` say so. */
  isItem(member: string): boolean {
    return this.row.table || this.cell(member) !== undefined;
  }

  /** Whether the row is one entry of a map. */
  isPair(): boolean {
    return this.cell('userKey') !== undefined;
  }

  value(name: string, part: Part): unknown {
    const json = this.json(name, part.type);
    if (json === undefined) throw this.error(`there is no ${name}`, this.expected(name, part.type));
    if (json === null && part.type.type !== 'nullable') throw this.error(`the ${name} is null`);
    return this.read(name, json, part.read);
  }

  valueOrNull(name: string, part: Part): unknown {
    return this.json(name, part.type) === null ? null : this.value(name, part);
  }

  namespace(part: Part): unknown {
    const json = this.json('namespace', part.type);
    return this.read('namespace', json ?? null, part.read);
  }

  millis(): bigint {
    const millis = millisOf(this.json('value', LONG));
    if (millis === undefined)
      throw this.error('the value of a timer is its time in milliseconds, but there is none');
    return millis;
  }

  list(element: Part): unknown[] {
    const json = this.json('value', { type: 'list', serializer: '' });
    if (!Array.isArray(json))
      throw this.error('the value is no list', 'a line holds the whole list of its key');
    return json.map((one, i) => this.read(`value[${i}]`, one, element.read));
  }

  map(userKey: Part, element: Part): (readonly [unknown, unknown])[] {
    const json = this.json('value', { type: 'map', serializer: '' });
    const pairs = pairsOf(json);
    if (pairs === undefined) {
      throw this.error('the value is no map', 'write [[key, value], …], or a userKey and a value');
    }
    return pairs.map(([key, value]) => [
      this.read('userKey', key, userKey.read),
      value === null ? null : this.read('value', value, element.read),
    ]);
  }

  /** Times of last access for `count` items. */
  lastAccess(count: number): bigint[] {
    const json = this.json('ttl', LONG);
    const times = Array.isArray(json) ? json.map(millisOf) : new Array(count).fill(this.oneTime(json));
    if (times.length !== count || times.includes(undefined)) {
      const next = 'give it as ttl in milliseconds, or say last-used in the plan';
      throw this.error(`the last access is not told for ${count} values`, next);
    }
    return times as bigint[];
  }

  private oneTime(json: unknown): bigint | undefined {
    return json === undefined || json === null ? this.options.lastUsed : millisOf(json);
  }

  private read(name: string, json: unknown, read: FromJson): unknown {
    try {
      return read(json);
    } catch (error) {
      if (!(error instanceof StatewrightError)) throw error;
      const inside = error.kind === undefined || error.kind === 'value' ? '' : ` (${error.kind})`;
      throw this.error(`${name}${inside}: ${error.reason}`, error.next);
    }
  }

  /** JSON of a member or column; of a record in a table its fields' columns. */
  private json(name: string, type: TypeDescription): unknown {
    const cell = this.cell(name);
    const json = cell === undefined ? undefined : cellJson(cell, type);
    if ((json ?? null) !== null || !this.row.table || !FIELDS.has(type.type)) return json;
    return this.fields(name, type) ?? json;
  }

  private fields(name: string, { type, fields = [] }: TypeDescription): unknown {
    const cells = fields.map((field) => ({
      field,
      cell: this.cell(`${name}.${field.name}`) ?? (name === 'value' ? this.cell(field.name) : undefined),
    }));
    if (cells.every(({ cell }) => cell === undefined)) return undefined;
    const values = cells.flatMap(({ field, cell }) =>
      cell === undefined ? [] : [[field.name, cellJson(cell, field.type)] as const],
    );
    const byPosition = type === 'tuple' || (type === 'row' && /^f\d+$/.test(fields[0]!.name));
    return byPosition ? values.map(([, value]) => value) : new Map(values);
  }

  private expected(name: string, type: TypeDescription): string | undefined {
    if (!this.row.table) return 'a line is an object such as {"key": …, "value": …}';
    if (!FIELDS.has(type.type)) return `name its column in the plan, as columns: { ${name}: COLUMN }`;
    const names = (type.fields ?? []).map((field) => field.name);
    return `it may be in the columns ${names.join(', ')}, or name its column in the plan`;
  }
}

function pairsOf(json: unknown): readonly (readonly [unknown, unknown])[] | undefined {
  if (Array.isArray(json)) {
    return json.every((pair) => Array.isArray(pair) && pair.length === 2) ? json : undefined;
  }
  if (typeof json !== 'object' || json === null) return undefined;
  const entries = Object.entries(json);
  const [only] = entries;
  // As `export --typed` writes maps.
  if (entries.length === 1 && only![0] === 'map' && Array.isArray(only![1])) return pairsOf(only![1]);
  return entries;
}
