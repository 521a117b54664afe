import type { State } from '@statewright/savepoint';
import type { TypeDescription } from '@statewright/serializers';
import type { Describe } from '../describe.js';

/** What a cell of a column holds; `json` is JSON text of anything. */
export type ColumnType = 'string' | 'int' | 'long' | 'double' | 'boolean' | 'json';

/** A column of CSV and Parquet: where it is found in an exported line. */
export interface ExportColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Names and positions that lead from the line's object to the cell. */
  readonly path: readonly (string | number)[];
  /**
   * For the `value` column behind flattened fields: it is filled only where these do not say everything (a subclass, a
   * row kind, an opaque value), so that nothing is lost.
   */
  readonly unless?: readonly ExportColumn[];
}

const PLACE: readonly ExportColumn[] = [
  { name: 'uid', type: 'string', path: ['uid'] },
  { name: 'operatorId', type: 'string', path: ['operatorId'] },
  { name: 'kind', type: 'string', path: ['kind'] },
  { name: 'state', type: 'string', path: ['state'] },
];

const SCALARS: { readonly [type: string]: ColumnType } = {
  boolean: 'boolean',
  byte: 'int',
  short: 'int',
  int: 'int',
  long: 'long',
  float: 'double',
  double: 'double',
  string: 'string',
  char: 'string',
  enum: 'string',
};

const FLATTENED = new Set(['pojo', 'avro', 'case-class', 'row']);

/**
 * The columns for the lines of these states. The value of a single state of a record type is flattened by one level
 * into `value.FIELD` columns. With `flatten` a value is a list's element or a map's value.
 */
export function exportColumns(
  states: readonly State[],
  describe: Describe,
  flatten: boolean,
): ExportColumn[] {
  const operator = states.every(
    ({ keySerializer, kind }) => keySerializer === undefined || kind === 'broadcast',
  );
  const group: ExportColumn = operator
    ? { name: 'subtask', type: 'int', path: ['subtask'] }
    : { name: 'keyGroup', type: 'int', path: ['keyGroup'] };
  const only = states.length === 1 ? states[0] : undefined;
  const key = only?.keySerializer === undefined ? undefined : describe(only.keySerializer);
  return [
    ...PLACE,
    ...(operator || only !== undefined ? [group] : [group, { ...group, name: 'subtask', path: ['subtask'] }]),
    { name: 'key', type: cellType(key), path: ['key'] },
    { name: 'namespace', type: 'json', path: ['namespace'] },
    ...(flatten ? FLAT : []),
    ...valueColumns(only, describe, flatten),
    ...(states.some(({ ttl }) => ttl) ? [TTL] : []),
  ];
}

const FLAT: readonly ExportColumn[] = [
  { name: 'index', type: 'int', path: ['index'] },
  { name: 'userKey', type: 'json', path: ['userKey'] },
];
const TTL: ExportColumn = { name: 'ttl', type: 'json', path: ['ttl'] };
const VALUE: ExportColumn = { name: 'value', type: 'json', path: ['value'] };

function valueColumns(state: State | undefined, describe: Describe, flatten: boolean): ExportColumn[] {
  if (state === undefined) return [VALUE];
  const type = cellValue(state, describe(state.valueSerializer), flatten);
  if (type === undefined) return [VALUE];
  const fields = type.fields ?? [];
  if (!FLATTENED.has(type.type) || fields.length === 0) return [{ ...VALUE, type: cellType(type) }];
  const byName = type.type !== 'row' || !/^f\d+$/.test(fields[0]!.name);
  const columns = fields.map(
    (field, i): ExportColumn => ({
      name: `value.${field.name}`,
      type: cellType(field.type),
      path: ['value', byName ? field.name : i],
    }),
  );
  return [...columns, { ...VALUE, unless: columns }];
}

/** The type that stands in the `value` of a line; undefined for a whole list or map. */
function cellValue(state: State, type: TypeDescription, flatten: boolean): TypeDescription | undefined {
  const plain = unwrap(type);
  const child = (name: string) => plain.fields?.find((field) => field.name === name)?.type;
  switch (state.kind) {
    case 'timer':
      return { type: 'long', serializer: '' };
    case 'list':
      return flatten ? optional(child('element')) : undefined;
    case 'map':
      return flatten ? optional(child('value')) : undefined;
    case 'operator-list':
    case 'union-list':
    case 'broadcast':
      return flatten ? plain : undefined;
    default:
      return plain;
  }
}

function optional(type: TypeDescription | undefined): TypeDescription | undefined {
  return type === undefined ? undefined : unwrap(type);
}

/** The user's type inside a TTL wrapper. */
function unwrap(type: TypeDescription): TypeDescription {
  return type.type === 'ttl' ? (type.fields?.find(({ name }) => name === 'value')?.type ?? type) : type;
}

function cellType(type: TypeDescription | undefined): ColumnType {
  return (type !== undefined && Object.hasOwn(SCALARS, type.type) && SCALARS[type.type]) || 'json';
}
