/*
 * The index records values in words: dumps by reflection (`ArrayList["a", ]`, `Dog{name="Hasso"; }`, `Long 5`), Java's
 * toString after a class name (`org.apache.flink.types.LongValue: 5`), and Scala literals (`Map("a" -> 0)`). All become
 * one small tree.
 */

export type Recorded =
  | { readonly kind: 'scalar'; readonly text: string; readonly quoted: boolean; readonly type?: string }
  | { readonly kind: 'list'; readonly name: string; readonly items: readonly Recorded[] }
  | {
      readonly kind: 'record';
      readonly name: string;
      readonly fields: readonly (readonly [string, Recorded])[];
    }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [Recorded, Recorded])[] }
  | { readonly kind: 'json'; readonly json: unknown };

/** What may stand after a value: a type or a remark. */
const REMARK = /( : [A-Z]\w*\[.*\]| \((Option\.empty|throwable part).*\))$/;
const CLASS_PREFIX = /^[\w.$]+: /;
const TYPE = /^(Integer|Long|Short|Byte|Boolean|Double|Float|char|BigDecimal|BigInteger|startTime) /;

export function parseRecorded(text: string): Recorded {
  const prefix = CLASS_PREFIX.exec(text);
  const body = prefix === null ? text : text.slice(prefix[0].length);
  if (/^\{"/.test(body)) return { kind: 'json', json: JSON.parse(body) };
  if (body === '(null)') return { kind: 'scalar', text: body, quoted: false };
  const parser = new Parser(body.replace(REMARK, ''));
  const value = parser.value();
  if (parser.rest() !== '') throw new Error(`not understood: ${parser.rest()} of ${text}`);
  return value;
}

class Parser {
  private at = 0;

  constructor(private readonly text: string) {}

  rest(): string {
    return this.text.slice(this.at);
  }

  value(): Recorded {
    const first = this.single();
    if (!this.take(' -> ')) return first;
    return { kind: 'list', name: 'pair', items: [first, this.single()] };
  }

  private single(): Recorded {
    const type = TYPE.exec(this.rest());
    if (type !== null) {
      this.at += type[0].length;
      return { ...(this.single() as Recorded & { kind: 'scalar' }), type: type[1]! };
    }
    const next = this.text[this.at];
    if (next === '"') return this.quoted(/"(?:[^"\\]|\\.)*"/y, (raw) => JSON.parse(raw) as string);
    if (next === "'") return this.quoted(/'[^']*'/y, (raw) => raw.slice(1, -1));
    if (next === '(' || next === '[') return this.compound('');
    return this.word();
  }

  private quoted(pattern: RegExp, decode: (raw: string) => string): Recorded {
    pattern.lastIndex = this.at;
    const raw = pattern.exec(this.text)![0];
    this.at += raw.length;
    return { kind: 'scalar', text: decode(raw), quoted: true };
  }

  /** A name with something in brackets, or a plain scalar up to the next separator. */
  private word(): Recorded {
    const head = /^(?:-?[\w.$+-]+?)(?=\[|\{|\()/.exec(this.rest());
    if (head !== null) {
      this.at += head[0].length;
      const size = /^\[\d+\](?=\{)/.exec(this.rest());
      if (size !== null) this.at += size[0].length;
      return this.compound(head[0], size !== null);
    }
    const scalar = /^(?:(?! -> )[^,;)\]}])*/.exec(this.rest())![0];
    this.at += scalar.length;
    return { kind: 'scalar', text: scalar, quoted: false };
  }

  private compound(name: string, isArray = false): Recorded {
    const close = { '[': ']', '{': '}', '(': ')' }[this.text[this.at++]!]!;
    if (name.endsWith('Map') && close === '}') return this.map(close);
    const items: Recorded[] = [];
    const fields: (readonly [string, Recorded])[] = [];
    while (!this.take(close)) {
      const field = isArray ? null : /^(\w+)=/.exec(this.rest());
      if (field !== null) {
        this.at += field[0].length;
        fields.push([field[1]!, this.value()]);
      } else items.push(this.value());
      this.separator(close);
    }
    if (fields.length > 0 && items.length === 0) return { kind: 'record', name, fields };
    return { kind: 'list', name, items };
  }

  private map(close: string): Recorded {
    const entries: (readonly [Recorded, Recorded])[] = [];
    while (!this.take(close)) {
      const key = /^(?:Integer |Long )?(.*?)=/.exec(this.rest())!;
      this.at += key[0].length;
      entries.push([{ kind: 'scalar', text: key[1]!, quoted: false }, this.value()]);
      this.separator(close);
    }
    return { kind: 'map', entries };
  }

  private separator(close: string): void {
    if (this.text.startsWith(close, this.at)) return;
    if (!this.take(', ') && !this.take('; ') && !this.take(','))
      throw new Error(`no separator at ${this.rest()}`);
  }

  private take(token: string): boolean {
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }
}
