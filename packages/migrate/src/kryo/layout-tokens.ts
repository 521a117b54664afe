import type { StatewrightError } from '@statewright/bytes';

/** Makes the error for what is wrong at an offset of a text, in UTF-16 units from 0. */
export type LayoutError = (offset: number, reason: string, next?: string) => StatewrightError;

const SPACE = /(?:[\s\uFEFF]|(?<![^\s])#[^\n]*)*/y;
/** Java names with dots and dollar signs, and the contract's keywords. */
const WORD = /[\p{L}\p{Nl}\p{Sc}\p{Pc}][\p{L}\p{Nl}\p{Nd}\p{Sc}\p{Pc}\p{Mn}\p{Mc}.-]*/uy;

/** Reads the text of a layout token by token. */
export class LayoutTokens {
  /** Where the next token begins. */
  at = 0;
  private end = 0;

  constructor(
    readonly text: string,
    readonly error: LayoutError,
  ) {
    this.skipSpace();
  }

  /** Takes this mark if it comes next. */
  take(mark: string): boolean {
    if (!this.text.startsWith(mark, this.at)) return false;
    this.advance(mark.length);
    return true;
  }

  /** Whether this mark comes next. */
  sees(mark: string): boolean {
    return this.text.startsWith(mark, this.at);
  }

  /** Takes the mark, which must come. */
  expect(mark: string, where: string): void {
    if (!this.take(mark)) throw this.error(this.at, `"${mark}" is expected ${where}, but ${this.shown()}`);
  }

  /** A name, which must come. */
  name(what: string): string {
    const word = this.peek();
    if (word === undefined) throw this.error(this.at, `${what} is expected, but ${this.shown()}`);
    this.advance(word.length);
    return word;
  }

  /** The name that comes next, not taken. */
  peek(): string | undefined {
    WORD.lastIndex = this.at;
    return WORD.exec(this.text)?.[0];
  }

  /** `open item, item close`; an item ends with a comma or its line. */
  list<T>(open: string, close: string, where: string, item: () => T): T[] {
    const start = this.at;
    this.expect(open, where);
    const items: T[] = [];
    while (!this.take(close)) {
      if (this.at === this.text.length) throw this.error(start, `"${open}" is never closed`);
      items.push(item());
      const line = this.atNewLine();
      if (this.take(',') || this.sees(close) || line || this.at === this.text.length) continue;
      throw this.error(this.at, `a comma, a new line or "${close}" is expected, but ${this.shown()}`);
    }
    return items;
  }

  /** Whether a line end, and no end of the text, stands before the next token. */
  atNewLine(): boolean {
    return this.at < this.text.length && this.text.slice(this.end, this.at).includes('\n');
  }

  /** Throws unless the text has ended. */
  expectEnd(): void {
    if (this.at < this.text.length)
      throw this.error(this.at, `the layout ends here, but ${this.shown()} behind it`);
  }

  private shown(): string {
    if (this.at >= this.text.length) return 'the text ends';
    const token = this.peek() ?? String.fromCodePoint(this.text.codePointAt(this.at) ?? 0);
    return `${JSON.stringify(token.length > 40 ? `${token.slice(0, 40)}…` : token)} is found`;
  }

  private advance(length: number): void {
    this.at += length;
    this.end = this.at;
    this.skipSpace();
  }

  private skipSpace(): void {
    SPACE.lastIndex = this.at;
    this.at += SPACE.exec(this.text)?.[0].length ?? 0;
  }
}
