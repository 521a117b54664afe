/** A piece of text that knows where it may be broken into lines. */
export type Doc = string | readonly Doc[] | Group;

/** `open item, item close` on one line if it fits, else an item a line. */
export interface Group {
  readonly open: string;
  readonly items: readonly Doc[];
  readonly close: string;
  /** A space inside the brackets when on one line. */
  readonly padded: boolean;
  /** Lines end with a comma, too: JSON wants one. */
  readonly commas: boolean;
  /** The items are one text, cut into lines. */
  readonly joined?: boolean;
}

/** Columns that a line may take. */
const WIDTH = 80;
const INDENT = 2;

/** `{ a, b }`, broken into lines without commas. */
export function braces(items: readonly Doc[]): Group {
  return { open: '{', items, close: '}', padded: true, commas: false };
}

/** `<a, b>`. */
export function angles(items: readonly Doc[]): Group {
  return { open: '<', items, close: '>', padded: false, commas: false };
}

/** `(a, b)`. */
export function parens(items: readonly Doc[]): Group {
  return { open: '(', items, close: ')', padded: false, commas: false };
}

/** The piece on one line. */
export function flat(doc: Doc): string {
  if (typeof doc === 'string') return doc;
  if (!isGroup(doc)) return doc.map(flat).join('');
  const pad = doc.padded && doc.items.length > 0 ? ' ' : '';
  return `${doc.open}${pad}${doc.items.map(flat).join(doc.joined === true ? '' : ', ')}${pad}${doc.close}`;
}

/**
 * The piece on as many lines as it needs. `indent` columns stand before each of them but the first, which begins at column
 * `column`.
 */
export function layOut(doc: Doc, indent = 0, column = indent): string {
  const line = flat(doc);
  if (column + line.length <= WIDTH || typeof doc === 'string') return line;
  if (!isGroup(doc)) return inOrder(doc, indent, column);
  if (doc.items.length === 0) return line;
  if (doc.open === '<' && doc.items.some(hasBraces)) {
    const items = doc.items.flatMap((item, i) => (i === 0 ? [item] : [', ', item]));
    return inOrder([doc.open, ...items, doc.close], indent, column);
  }
  const lead = `\n${' '.repeat(indent + INDENT)}`;
  const items = doc.items.map((item) => lead + layOut(item, indent + INDENT));
  return `${doc.open}${items.join(doc.commas ? ',' : '')}\n${' '.repeat(indent)}${doc.close}`;
}

/** Pieces one behind the other, each where the one before ends. */
function inOrder(parts: readonly Doc[], indent: number, column: number): string {
  let text = '';
  for (const part of parts) {
    const end = text.includes('\n') ? text.length - text.lastIndexOf('\n') - 1 : column + text.length;
    text += layOut(part, indent, end);
  }
  return text;
}

function isGroup(doc: Doc): doc is Group {
  return typeof doc === 'object' && 'open' in doc;
}

function hasBraces(doc: Doc): boolean {
  if (typeof doc === 'string') return false;
  return isGroup(doc) ? doc.open !== '<' || doc.items.some(hasBraces) : doc.some(hasBraces);
}
