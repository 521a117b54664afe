import type { TypeDescription } from '@statewright/serializers';
import { parseExact } from '../entries/json/parse-exact.js';
import type { Cell } from './row.js';

/** Types whose texts are their values. */
const TEXTS: ReadonlySet<string> = new Set(['string', 'char', 'enum']);

/** Types that JSON writes as strings: a text is taken as it is, with quotes or without. */
const LIKE_TEXTS: ReadonlySet<string> = new Set([
  'bigdecimal',
  'biginteger',
  'decimal',
  'instant',
  'date',
  'timestamp',
  'local-date',
  'local-time',
  'local-date-time',
  'bytes',
  'byte[]',
  'fixed',
  'bitmap',
]);

const NOT_FINITE: ReadonlySet<string> = new Set(['NaN', 'Infinity', '-Infinity']);

/** JSON of a cell whose type is known; a text that is no JSON of it stays a text, which the type then refuses. */
export function cellJson(cell: Cell, type: TypeDescription): unknown {
  if ('json' in cell) return cell.json;
  const { text } = cell;
  const plain = type.type === 'nullable' ? (type.fields?.[0]?.type ?? type) : type;
  if (TEXTS.has(plain.type) || NOT_FINITE.has(text)) return text;
  if (LIKE_TEXTS.has(plain.type) && !text.startsWith('"')) return text;
  try {
    return parseExact(text);
  } catch {
    return text;
  }
}
