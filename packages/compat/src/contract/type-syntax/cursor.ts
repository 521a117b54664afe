import { MAX_DEPTH, type StatewrightError } from '@statewright/bytes';

/** Makes the error for what is wrong at an offset of a text: UTF-16 units from 0. */
export type ErrorAt = (offset: number, reason: string, next?: string) => StatewrightError;

/** Spaces, and what stands behind a `#` that follows one (or begins the text). */
const SPACE = /(?:[\s\uFEFF]|(?<![^\s])#[^\n]*)*/y;
/** Java class and field names, keywords, numbers: `com.acme.Order$Line`, `local-date`, `int[]`, `10`. */
const WORD = /[\p{L}\p{Nl}\p{N}\p{Sc}\p{Pc}][\p{L}\p{Nl}\p{N}\p{Sc}\p{Pc}\p{Mn}\p{Mc}.-]*(?:\[\])?/uy;
const QUOTED = /"(?:[^"\\\n]|\\.)*"/y;
const PATH = /\.{1,2}\/[^\s<>{}(),?"]+/y;

/** A name as the syntax writes it: as it is where it is a word, else as a JSON text. */
export function nameText(name: string): string {
  WORD.lastIndex = 0;
  const found = WORD.exec(name)?.[0];
  return found === name && !name.endsWith('-') ? name : quotedText(name);
}

/** A JSON text in which everything that does not print is escaped. */
export function quotedText(text: string): string {
  return escapeUnprintable(JSON.stringify(text));
}

/** A JSON text with escapes for all that does not print: controls, marks of direction, halves of surrogate pairs. */
export function escapeUnprintable(json: string): string {
  return json.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (unit) => {
    const units = Array.from({ length: unit.length }, (_, i) => unit.charCodeAt(i));
    return units.map((code) => `\\u${code.toString(16).padStart(4, '0')}`).join('');
  });
}

/** Reads a text token by token; spaces and line ends stand between tokens and mean nothing but the end of a list's item. */
export class Cursor {
  /** Where the next token begins, spaces skipped. */
  at = 0;
  /** End of the token before. */
  private end = 0;
  private depth = 0;

  constructor(
    readonly text: string,
    readonly error: ErrorAt,
  ) {
    this.skipSpace();
  }

  /** Runs `read` one level deeper; an error beyond `MAX_DEPTH` levels. */
  nested<T>(read: () => T): T {
    if (++this.depth > MAX_DEPTH) throw this.error(this.at, `types nest deeper than ${MAX_DEPTH} levels`);
    const result = read();
    this.depth--;
    return result;
  }

  /** Takes this punctuation mark if it comes next. */
  take(mark: string): boolean {
    if (!this.text.startsWith(mark, this.at)) return false;
    this.advance(mark.length);
    return true;
  }

  /** Whether this punctuation mark comes next. */
  sees(mark: string): boolean {
    return this.text.startsWith(mark, this.at);
  }

  expect(mark: string, where: string): void {
    if (!this.take(mark)) throw this.error(this.at, `"${mark}" is expected ${where}, but ${this.shown()}`);
  }

  /** A bare word, or undefined. */
  word(): string | undefined {
    return this.match(WORD);
  }

  /** Takes the word if it is this one. */
  takeWord(word: string): boolean {
    const { at, end } = this;
    if (this.word() === word) return true;
    this.moveTo(at, end);
    return false;
  }

  /** A word or a JSON text: what a class, a field or a constant is called. */
  name(): string | undefined {
    const at = this.at;
    const word = this.word();
    if (word !== undefined) return word;
    const quoted = this.match(QUOTED);
    if (quoted === undefined) return undefined;
    try {
      return JSON.parse(quoted) as string;
    } catch {
      throw this.error(at, 'the quoted name is no JSON text');
    }
  }

  expectName(what: string): string {
    const at = this.at;
    const name = this.name();
    if (name !== undefined) return name;
    throw this.error(at, `${what} is expected, but ${this.shown()}`);
  }

  /** A path that begins with `./` or `../`, or undefined. */
  path(): string | undefined {
    return this.match(PATH);
  }

  /** A whole number within 0 and `most`. */
  number(what: string, most: number): number {
    const at = this.at;
    const word = this.word() ?? '';
    if (/^\d{1,10}$/.test(word) && Number(word) <= most) return Number(word);
    const found = word === '' ? this.shown() : `"${word}" is found`;
    throw this.error(at, `${what} is a whole number within 0 and ${most}, but ${found}`);
  }

  /** `open item, item close`: items end with a comma or with their line. */
  list<T>(open: string, close: string, where: string, item: () => T): T[] {
    const start = this.at;
    this.expect(open, where);
    const items: T[] = [];
    while (!this.take(close)) {
      if (this.at === this.text.length) throw this.error(start, `"${open}" is never closed`);
      items.push(item());
      if (!this.take(',') && !this.sees(close)) this.expectNewLine(close);
    }
    return items;
  }

  /** Everything up to the `)` that closes the `(` that comes next; the spaces taken out. */
  parenthesized(where: string): string {
    const start = this.at;
    this.expect('(', where);
    const close = this.text.indexOf(')', this.at);
    if (close < 0) throw this.error(start, '"(" is never closed');
    const inside = this.text.slice(this.at, close).replace(/\s+/g, '');
    this.advance(close + 1 - this.at);
    return inside;
  }

  /** Moves past `length` units and the spaces behind them. */
  advance(length: number): void {
    this.at += length;
    this.end = this.at;
    this.skipSpace();
  }

  /** Runs `read`; goes back to where it began when that gives undefined. */
  attempt<T>(read: () => T | undefined): T | undefined {
    const { at, end } = this;
    const result = read();
    if (result === undefined) this.moveTo(at, end);
    return result;
  }

  expectEnd(): void {
    if (this.at < this.text.length)
      throw this.error(this.at, `the type ends here, but ${this.shown()} behind it`);
  }

  /** What comes next, for messages. */
  shown(): string {
    if (this.at >= this.text.length) return 'the text ends';
    const { at, end } = this;
    const token = this.word() ?? String.fromCodePoint(this.text.codePointAt(at) ?? 0);
    this.moveTo(at, end);
    return `${quotedText(token.length > 40 ? `${token.slice(0, 40)}…` : token)} is found`;
  }

  private expectNewLine(close: string): void {
    if (this.at === this.text.length || this.text.slice(this.end, this.at).includes('\n')) return;
    throw this.error(this.at, `a comma, a new line or "${close}" is expected, but ${this.shown()}`);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.advance(found.length);
    return found;
  }

  private moveTo(at: number, end: number): void {
    this.at = at;
    this.end = end;
  }

  private skipSpace(): void {
    SPACE.lastIndex = this.at;
    this.at += SPACE.exec(this.text)?.[0].length ?? 0;
  }
}
