import { closest } from '@statewright/inspect';
import type {
  BinaryRowDataSnapshot,
  ElementTypesSnapshot,
  LogicalType,
  PrecisionSnapshot,
  RowDataSnapshot,
} from '@statewright/serializers';
import { nameText, quotedText } from '../cursor.js';
import type { TypeForm, TypeParser } from '../form.js';
import { angles } from '../layout.js';
import { sameType } from '../same-type.js';
import { elementTypes, numbers, rowData, SQL_CLASSES } from './sql-serializer.js';
import { readSqlType, SQL_WORDS, sqlDoc } from './sql-type.js';

const MAX_DECIMAL = 38;
const MAX_FRACTION = 9;
const MAX_ARITY = 0xffff;

/** `rowdata<BIGINT NOT NULL, STRING>`: the columns' SQL types; their serializers follow from them. */
const ROW_DATA_FORM: TypeForm = {
  keyword: 'rowdata',
  classNames: [SQL_CLASSES.row],
  parse(parser, at) {
    const types = sqlTypes(parser, 'rowdata');
    const snapshot = rowData(types, placeOf(parser));
    if (snapshot !== undefined) return snapshot;
    throw parser.cursor.error(at, 'the types of these columns do not tell their serializers');
  },
  print(snapshot) {
    const { types, span } = snapshot as RowDataSnapshot;
    const usual = rowData(types, span);
    return usual !== undefined && sameType(usual, snapshot) ? sqlDocs('rowdata', types) : undefined;
  },
};

/** `binary-rowdata(3)`: a row of which the snapshot knows the number of columns and nothing else. */
const BINARY_ROW_FORM: TypeForm = {
  keyword: 'binary-rowdata',
  classNames: [SQL_CLASSES.binaryRow],
  parse({ cursor, placed }) {
    cursor.expect('(', 'behind "binary-rowdata"');
    const arity = cursor.number('the number of columns', MAX_ARITY);
    cursor.expect(')', 'behind the number of columns');
    return placed<BinaryRowDataSnapshot>({ className: SQL_CLASSES.binaryRow, version: 3, nested: [], arity });
  },
  print(snapshot) {
    const { arity } = snapshot as BinaryRowDataSnapshot;
    return arity >= 0 && arity <= MAX_ARITY ? `binary-rowdata(${arity})` : undefined;
  },
};

/** `array-data<INT>`, `map-data<STRING, INT>`. */
function elementsForm(keyword: string, className: string, arity: number): TypeForm {
  return {
    keyword,
    classNames: [className],
    parse(parser, at) {
      const types = sqlTypes(parser, keyword);
      if (types.length === arity) return elementTypes(className, types, placeOf(parser));
      throw parser.cursor.error(at, `"${keyword}" has ${arity} SQL types, but ${types.length} are given`);
    },
    print: (snapshot) => sqlDocs(keyword, (snapshot as ElementTypesSnapshot).types),
  };
}

/** `decimal(10, 2)`. */
const DECIMAL_FORM: TypeForm = {
  keyword: 'decimal',
  classNames: [SQL_CLASSES.decimal],
  parse(parser) {
    const { cursor } = parser;
    cursor.expect('(', 'behind "decimal"');
    const precision = cursor.number('the precision', MAX_DECIMAL);
    cursor.expect(',', 'behind the precision');
    const scale = cursor.number('the scale', precision);
    cursor.expect(')', 'behind the scale');
    return numbers(SQL_CLASSES.decimal, 3, precision, scale, placeOf(parser));
  },
  print(snapshot) {
    const { precision, scale } = snapshot as PrecisionSnapshot;
    return `decimal(${precision}, ${scale})`;
  },
};

/** `timestamp(3)`. */
const TIMESTAMP_FORM: TypeForm = {
  keyword: 'timestamp',
  classNames: [SQL_CLASSES.timestamp],
  parse(parser) {
    const { cursor } = parser;
    cursor.expect('(', 'behind "timestamp"');
    const precision = cursor.number('the precision', MAX_FRACTION);
    cursor.expect(')', 'behind the precision');
    return numbers(SQL_CLASSES.timestamp, 1, precision, 0, placeOf(parser));
  },
  print: (snapshot) => `timestamp(${(snapshot as PrecisionSnapshot).precision})`,
};

/** SQL's serializers. */
export const SQL_FORMS: readonly TypeForm[] = [
  ROW_DATA_FORM,
  BINARY_ROW_FORM,
  elementsForm('array-data', SQL_CLASSES.array, 1),
  elementsForm('map-data', SQL_CLASSES.map, 2),
  DECIMAL_FORM,
  TIMESTAMP_FORM,
];

function placeOf(parser: TypeParser) {
  return parser.placed({ className: '', version: 0, nested: [] }).span;
}

function sqlTypes({ cursor }: TypeParser, keyword: string): LogicalType[] {
  const unknown = (at: number, word: string): Error => {
    const [near] = closest(word, SQL_WORDS, 1);
    const next = near === undefined ? undefined : `did you mean ${near}`;
    return cursor.error(at, `${quotedText(word)} is no SQL type`, next);
  };
  return cursor.list('<', '>', `behind "${keyword}"`, () => readSqlType(cursor, unknown));
}

function sqlDocs(keyword: string, types: readonly LogicalType[]) {
  const docs = types.map((type) => sqlDoc(type, nameText));
  return docs.every((doc) => doc !== undefined) ? [keyword, angles(docs)] : undefined;
}
