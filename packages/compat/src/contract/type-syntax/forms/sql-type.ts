import type { LogicalType, ScalarRoot, ScalarType } from '@statewright/serializers';
import { type Cursor, quotedText } from '../cursor.js';
import { angles, type Doc } from '../layout.js';

const UNBOUNDED = 0x7fffffff;
const MAX_DECIMAL = 38;
const MAX_FRACTION = 9;

/** A scalar type's word, its root, and what stands in parentheses behind it. */
interface ScalarRow {
  readonly word: string;
  readonly root: ScalarRoot;
  readonly parameters: 'none' | 'length' | 'precision' | 'precision and scale';
}

/** The words of Flink's SQL. Intervals are not among them: a snapshot's model of them is not whole. */
const SCALARS: readonly ScalarRow[] = [
  { word: 'CHAR', root: 'CHAR', parameters: 'length' },
  { word: 'VARCHAR', root: 'VARCHAR', parameters: 'length' },
  { word: 'BOOLEAN', root: 'BOOLEAN', parameters: 'none' },
  { word: 'BINARY', root: 'BINARY', parameters: 'length' },
  { word: 'VARBINARY', root: 'VARBINARY', parameters: 'length' },
  { word: 'DECIMAL', root: 'DECIMAL', parameters: 'precision and scale' },
  { word: 'TINYINT', root: 'TINYINT', parameters: 'none' },
  { word: 'SMALLINT', root: 'SMALLINT', parameters: 'none' },
  { word: 'INT', root: 'INTEGER', parameters: 'none' },
  { word: 'BIGINT', root: 'BIGINT', parameters: 'none' },
  { word: 'FLOAT', root: 'FLOAT', parameters: 'none' },
  { word: 'DOUBLE', root: 'DOUBLE', parameters: 'none' },
  { word: 'DATE', root: 'DATE', parameters: 'none' },
  { word: 'TIME', root: 'TIME_WITHOUT_TIME_ZONE', parameters: 'precision' },
  { word: 'TIMESTAMP', root: 'TIMESTAMP_WITHOUT_TIME_ZONE', parameters: 'precision' },
  { word: 'TIMESTAMP_LTZ', root: 'TIMESTAMP_WITH_LOCAL_TIME_ZONE', parameters: 'precision' },
  { word: 'VARIANT', root: 'VARIANT', parameters: 'none' },
  { word: 'BITMAP', root: 'BITMAP', parameters: 'none' },
];

/** Words that stand for another with its parameters. */
const SHORT: readonly (readonly [word: string, type: Omit<ScalarType, 'nullable'>])[] = [
  ['STRING', { kind: 'scalar', root: 'VARCHAR', length: UNBOUNDED }],
  ['BYTES', { kind: 'scalar', root: 'VARBINARY', length: UNBOUNDED }],
  ['INTEGER', { kind: 'scalar', root: 'INTEGER' }],
];

const NESTED_WORDS = ['ARRAY', 'MAP', 'MULTISET', 'ROW'];
const COUNT: LogicalType = { kind: 'scalar', root: 'INTEGER', nullable: false };

/** Every word that a SQL type can begin with. */
export const SQL_WORDS: readonly string[] = [
  ...SCALARS.map(({ word }) => word),
  ...SHORT.map(([word]) => word),
  ...NESTED_WORDS,
];

/** A SQL type: `BIGINT NOT NULL`, `ROW<a INT, b STRING>`; nullable unless it says NOT NULL. */
export function readSqlType(cursor: Cursor, unknown: (at: number, word: string) => Error): LogicalType {
  return cursor.nested(() => {
    const at = cursor.at;
    const word = cursor.expectName('a SQL type');
    const type = scalarType(cursor, word) ?? nestedType(cursor, word, unknown);
    if (type === undefined) throw unknown(at, word);
    const notNull = cursor.attempt(() => (cursor.takeWord('NOT') && cursor.takeWord('NULL')) || undefined);
    return { ...type, nullable: notNull !== true };
  });
}

function scalarType(cursor: Cursor, word: string): LogicalType | undefined {
  const short = SHORT.find(([name]) => name === word);
  if (short !== undefined) return { ...short[1], nullable: true };
  const row = SCALARS.find((one) => one.word === word);
  if (row === undefined) return undefined;
  const { root, parameters } = row;
  if (parameters === 'none') return { kind: 'scalar', root, nullable: true };
  cursor.expect('(', `behind ${word}`);
  const most = parameters === 'length' ? UNBOUNDED : root === 'DECIMAL' ? MAX_DECIMAL : MAX_FRACTION;
  const first = cursor.number(`the ${parameters === 'length' ? 'length' : 'precision'} of a ${word}`, most);
  let scale: number | undefined;
  if (parameters === 'precision and scale') {
    cursor.expect(',', 'behind the precision');
    scale = cursor.number(`the scale of a ${word}`, first);
  }
  cursor.expect(')', `behind the ${parameters}`);
  if (parameters === 'length') return { kind: 'scalar', root, nullable: true, length: first };
  return {
    kind: 'scalar',
    root,
    nullable: true,
    precision: first,
    ...(scale === undefined ? {} : { scale }),
  };
}

function nestedType(
  cursor: Cursor,
  word: string,
  unknown: (at: number, word: string) => Error,
): LogicalType | undefined {
  if (!NESTED_WORDS.includes(word)) return undefined;
  const read = () => readSqlType(cursor, unknown);
  if (word === 'ROW') {
    const names: string[] = [];
    const types = cursor.list('<', '>', `behind ${word}`, () => {
      const at = cursor.at;
      const name = fieldName(cursor);
      if (names.includes(name)) throw cursor.error(at, `the column ${quotedText(name)} is there twice`);
      names.push(name);
      return read();
    });
    return { kind: 'row', root: 'ROW', nullable: true, name: undefined, names, types };
  }
  const at = cursor.at;
  const types = cursor.list('<', '>', `behind ${word}`, read);
  const arity = word === 'MAP' ? 2 : 1;
  if (types.length !== arity)
    throw cursor.error(at, `${word} has ${arity} types, but ${types.length} are given`);
  const [first, second] = types as [LogicalType, LogicalType];
  if (word === 'ARRAY') return { kind: 'array', root: 'ARRAY', nullable: true, element: first };
  return word === 'MAP'
    ? { kind: 'map', root: 'MAP', nullable: true, key: first, value: second }
    : { kind: 'map', root: 'MULTISET', nullable: true, key: first, value: COUNT };
}

/** A bare name, a JSON text, or SQL's own: between backticks, of which one inside is written twice. */
function fieldName(cursor: Cursor): string {
  const ticked = /`(?:[^`]|``)*`/y;
  ticked.lastIndex = cursor.at;
  const found = ticked.exec(cursor.text)?.[0];
  if (found === undefined) return cursor.expectName('the name of a column');
  cursor.advance(found.length);
  return found.slice(1, -1).replaceAll('``', '`');
}

/** The type as `readSqlType` reads it; undefined for one that this syntax does not have (RAW, user-defined, intervals). */
export function sqlDoc(type: LogicalType, columnName: (name: string) => string): Doc | undefined {
  const doc = nullableDoc(type, columnName);
  if (doc === undefined) return undefined;
  return type.nullable ? doc : [doc, ' NOT NULL'];
}

function nullableDoc(type: LogicalType, columnName: (name: string) => string): Doc | undefined {
  const inside = (types: readonly LogicalType[]): Doc[] | undefined => {
    const docs = types.map((each) => sqlDoc(each, columnName));
    return docs.every((doc) => doc !== undefined) ? docs : undefined;
  };
  switch (type.kind) {
    case 'scalar':
      return scalarText(type);
    case 'array':
      return bracketed('ARRAY', inside([type.element]));
    case 'map':
      return type.root === 'MAP'
        ? bracketed('MAP', inside([type.key, type.value]))
        : bracketed('MULTISET', inside([type.key]));
    case 'row': {
      if (type.name !== undefined || type.root !== 'ROW') return undefined;
      const types = inside(type.types);
      return bracketed(
        'ROW',
        types?.map((doc, i) => [`${columnName(type.names[i]!)} `, doc]),
      );
    }
    default:
      return undefined;
  }
}

function bracketed(word: string, items: readonly Doc[] | undefined): Doc | undefined {
  return items === undefined ? undefined : [word, angles(items)];
}

function scalarText({ root, length, precision, scale }: ScalarType): string | undefined {
  if (length === UNBOUNDED && root === 'VARCHAR') return 'STRING';
  if (length === UNBOUNDED && root === 'VARBINARY') return 'BYTES';
  const row = SCALARS.find((one) => one.root === root);
  switch (row?.parameters) {
    case 'none':
      return row.word;
    case 'length':
      return length === undefined ? undefined : `${row.word}(${length})`;
    case 'precision':
      return precision === undefined ? undefined : `${row.word}(${precision})`;
    case 'precision and scale':
      return precision === undefined || scale === undefined
        ? undefined
        : `${row.word}(${precision}, ${scale})`;
    default:
      return undefined;
  }
}
