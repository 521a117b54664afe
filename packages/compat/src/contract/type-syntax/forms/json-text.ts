import type { Cursor } from '../cursor.js';
import type { Doc } from '../layout.js';

/** A JSON text without its spaces, and where each of its units stood. */
export interface CompactJson {
  readonly text: string;
  /** Offset in the text that was read of each unit of `text`. */
  readonly offsets: readonly number[];
}

/** Spaces outside strings taken out. What is no JSON stays none. */
export function compactJson(text: string, start = 0): CompactJson {
  const units: string[] = [];
  const offsets: number[] = [];
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const unit = text[i]!;
    if (!inString && /\s/.test(unit)) continue;
    units.push(unit);
    offsets.push(start + i);
    if (inString && unit === '\\' && i + 1 < text.length) {
      units.push(text[++i]!);
      offsets.push(start + i);
    } else if (unit === '"') inString = !inString;
  }
  return { text: units.join(''), offsets };
}

/** Takes the JSON object or list that comes next; undefined when none does. An error when its brackets never close. */
export function readJson(cursor: Cursor): CompactJson | undefined {
  const { at, text } = cursor;
  if (!cursor.sees('{') && !cursor.sees('[')) return undefined;
  let depth = 0;
  let inString = false;
  for (let i = at; i < text.length; i++) {
    const unit = text[i]!;
    if (unit === '"') inString = !inString;
    else if (inString && unit === '\\') i++;
    else if (!inString && (unit === '{' || unit === '[')) depth++;
    else if (!inString && (unit === '}' || unit === ']') && --depth === 0) {
      cursor.advance(i + 1 - at);
      return compactJson(text.slice(at, i + 1), at);
    }
  }
  throw cursor.error(at, `"${text[at]}" is never closed`);
}

/** A compact JSON text as a piece that can be broken into lines. The text must be JSON. */
export function jsonDoc(text: string): Doc {
  let at = 0;
  return value();

  function value(): Doc {
    if (text[at] === '{') return group('{', '}', member);
    if (text[at] === '[') return group('[', ']', value);
    return scalar();
  }

  function member(): Doc {
    const name = scalar();
    at++;
    return [`${name}: `, value()];
  }

  function group(open: string, close: string, item: () => Doc): Doc {
    at++;
    const items: Doc[] = [];
    while (text[at] !== close) {
      items.push(item());
      if (text[at] === ',') at++;
    }
    at++;
    return { open, items, close, padded: false, commas: true };
  }

  function scalar(): string {
    const pattern = /"(?:[^"\\]|\\.)*"|[^\s,:\]}]+/y;
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? '';
    at += found.length;
    return found;
  }
}
