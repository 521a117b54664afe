import { MAX_DEPTH } from '@statewright/bytes';

/*
 * The JSON of a schema, as Avro reads it (Jackson, comments allowed): whole numbers are told from those with a fraction or
 * an exponent, because `Schema#equals` does, and every value keeps its place in the text.
 */

/** A JSON value: a whole number is a bigint, one with a fraction or exponent a number. */
export type AvroJson =
  | null
  | boolean
  | string
  | number
  | bigint
  | readonly AvroJson[]
  | ReadonlyMap<string, AvroJson>;

/** A JSON value with its place: UTF-16 units of the text, `end` is not included. */
export interface JsonNode {
  readonly at: number;
  readonly end: number;
  readonly value: null | boolean | string | number | bigint | readonly JsonNode[] | JsonMembers;
}

export type JsonMembers = ReadonlyMap<string, JsonNode>;

/** Throws the error of a place. */
export type JsonFailure = (at: number, end: number, reason: string, tooDeep?: boolean) => never;

/** A schema of MAX_DEPTH levels takes up to four of JSON for each: record, fields, field, type. */
const MAX_JSON_DEPTH = 4 * MAX_DEPTH;
/** More digits take long to convert; no schema has them. */
const MAX_DIGITS = 1000;
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const WORDS = [
  ['null', null],
  ['true', true],
  ['false', false],
] as const;

/** Parses a text as one JSON value; of two members of one name the last counts. */
export function parseJson(text: string, fail: JsonFailure): JsonNode {
  return new JsonParser(text, fail).parse();
}

/** The value without places. */
export function jsonValue({ value }: JsonNode): AvroJson {
  if (Array.isArray(value)) return (value as readonly JsonNode[]).map(jsonValue);
  if (value instanceof Map) return new Map([...(value as JsonMembers)].map(([k, v]) => [k, jsonValue(v)]));
  return value as AvroJson;
}

/** A list or object that is not closed yet. */
interface Open {
  readonly at: number;
  readonly inside: JsonNode[] | Map<string, JsonNode>;
  /** Of the member that is being read. */
  name: string;
}

/** Without recursion, so that depth costs no stack. */
class JsonParser {
  private pos = 0;
  private readonly open: Open[] = [];

  constructor(
    private readonly text: string,
    private readonly fail: JsonFailure,
  ) {}

  parse(): JsonNode {
    this.skipSpace();
    for (;;) {
      const begun = this.begin();
      const whole = begun === undefined ? undefined : this.put(begun);
      if (whole === undefined) continue;
      if (this.text.slice(whole.end).trim() === '') return whole;
      this.fail(whole.end, this.text.length, 'something stands after the end of the schema');
    }
  }

  /** Reads a value; of a list or object that is not empty only the beginning, which gives undefined. */
  private begin(): JsonNode | undefined {
    const at = this.pos;
    const first = this.text[at];
    if (first !== '{' && first !== '[') {
      const value = first === '"' ? this.string() : this.scalar();
      return { at, end: this.pos, value };
    }
    this.pos++;
    this.skipSpace();
    const inside = first === '{' ? new Map<string, JsonNode>() : [];
    if (this.text[this.pos] === closeOf(inside)) return { at, end: ++this.pos, value: inside };
    if (this.open.length >= MAX_JSON_DEPTH) {
      this.fail(at, at + 1, `the schema nests deeper than ${MAX_JSON_DEPTH} levels of JSON`, true);
    }
    this.open.push({ at, inside, name: inside instanceof Map ? this.memberName() : '' });
    return undefined;
  }

  /** Puts a finished value where it belongs, and closes what ends after it. Gives the outermost value once it is closed. */
  private put(finished: JsonNode): JsonNode | undefined {
    let node = finished;
    for (let parent = this.open.at(-1); parent !== undefined; parent = this.open.at(-1)) {
      if (parent.inside instanceof Map) parent.inside.set(parent.name, node);
      else parent.inside.push(node);
      this.skipSpace();
      const close = closeOf(parent.inside);
      if (this.text[this.pos] === ',') {
        this.pos++;
        this.skipSpace();
        if (parent.inside instanceof Map) parent.name = this.memberName();
        return undefined;
      }
      if (this.text[this.pos] !== close) this.unexpected(`"," or "${close}"`);
      this.open.pop();
      node = { at: parent.at, end: ++this.pos, value: parent.inside };
    }
    return node;
  }

  private memberName(): string {
    if (this.text[this.pos] !== '"') this.unexpected('the name of a member');
    const name = this.string();
    this.skipSpace();
    if (this.text[this.pos] !== ':') this.unexpected('":"');
    this.pos++;
    this.skipSpace();
    return name;
  }

  private string(): string {
    const at = this.pos;
    let end = at + 1;
    while (end < this.text.length && this.text[end] !== '"') end += this.text[end] === '\\' ? 2 : 1;
    if (end >= this.text.length) this.fail(at, this.text.length, 'the schema is not JSON: a text has no end');
    this.pos = end + 1;
    try {
      return JSON.parse(this.text.slice(at, this.pos)) as string;
    } catch {
      const reason = 'the schema is not JSON: a text has a wrong escape or a control character';
      return this.fail(at, this.pos, reason);
    }
  }

  private scalar(): null | boolean | number | bigint {
    for (const [word, value] of WORDS) {
      if (!this.text.startsWith(word, this.pos)) continue;
      this.pos += word.length;
      return value;
    }
    NUMBER.lastIndex = this.pos;
    const [digits, fraction, exponent] = NUMBER.exec(this.text) ?? [];
    if (digits === undefined) return this.unexpected('a value');
    const at = this.pos;
    this.pos += digits.length;
    if (fraction !== undefined || exponent !== undefined) return Number(digits);
    if (digits.length > MAX_DIGITS) this.fail(at, this.pos, `a number has ${digits.length} digits`);
    return BigInt(digits);
  }

  private unexpected(what: string): never {
    const found = this.text[this.pos];
    const instead = found === undefined ? 'it ends' : `${JSON.stringify(found)} stands`;
    return this.fail(this.pos, this.pos + 1, `the schema is not JSON: ${instead} where ${what} should be`);
  }

  /** White space and comments. */
  private skipSpace(): void {
    for (;;) {
      while (this.pos < this.text.length && ' \t\r\n'.includes(this.text[this.pos]!)) this.pos++;
      const comment = this.text[this.pos] === '/' ? this.text[this.pos + 1] : undefined;
      if (comment !== '/' && comment !== '*') return;
      const close = comment === '/' ? '\n' : '*/';
      const end = this.text.indexOf(close, this.pos + 2);
      if (end < 0) this.fail(this.pos, this.text.length, 'the schema is not JSON: a comment has no end');
      this.pos = end + close.length;
    }
  }
}

function closeOf(inside: Open['inside']): string {
  return inside instanceof Map ? '}' : ']';
}
