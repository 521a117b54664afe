import { MAX_DEPTH } from '@statewright/bytes';
import { jdkFinal } from './finality.js';
import { BOXES, isPrimitive, OBJECT, STRING } from './java-types.js';
import type { KryoClassLayout, KryoField, KryoFieldType, ParsedLayout } from './layout.js';
import { type LayoutError, LayoutTokens } from './layout-tokens.js';

/** UTF-16 units of one text. */
const MAX_TEXT = 1 << 20;

/** Short words for classes; as in the contract's syntax. */
const SHORT: ReadonlyMap<string, string> = new Map([
  ['string', STRING],
  ['object', OBJECT],
  ['list', 'java.util.List'],
  ['set', 'java.util.Set'],
  ['map', 'java.util.Map'],
  ['biginteger', 'java.math.BigInteger'],
  ['bigdecimal', 'java.math.BigDecimal'],
  ['date', 'java.util.Date'],
  ['sql-date', 'java.sql.Date'],
  ['sql-time', 'java.sql.Time'],
  ['sql-timestamp', 'java.sql.Timestamp'],
  ['instant', 'java.time.Instant'],
  ['local-date', 'java.time.LocalDate'],
  ['local-time', 'java.time.LocalTime'],
  ['local-date-time', 'java.time.LocalDateTime'],
]);

const BOX_OF: ReadonlyMap<string, string> = new Map(BOXES);

interface Parser {
  readonly tokens: LayoutTokens;
  readonly layouts: Map<string, KryoClassLayout>;
  /** Classes that are named without braces, and where first. */
  readonly named: Map<string, number>;
  /** Type parameters of the class whose fields are being read. */
  parameters: readonly string[];
  depth: number;
}

/**
 * Reads a declared type with the layouts of the classes in it, for example
 * `com.acme.Profile { nick: string, level: int, badges: java.util.ArrayList<string>, tier: enum com.acme.Tier(FREE, PRO) }`.
 *
 *     text    type, layout, layout
 *     type    primitive | primitive? | string | object | list<type> | set<type> | map<type, type> | biginteger | ...
 *             | enum class(constant, constant {}) | abstract class | class<type, ?, ? extends type> | type[] | layout
 *     layout  [final] [record] class<parameter, parameter> { field: type, field: type }
 *
 * A primitive with `?` is its object (`int?` is java.lang.Integer); every other type may be null with or without it. The
 * words are the contract's, and stand for Java's classes. A constant
 * with `{}` has a body. An abstract class or interface has no fields, for the stream tells
 * the class of each object. Behind the type stand layouts of classes that only the stream tells. A class has its layout once; named elsewhere it is that one. `object` is a field whose class
 * the stream tells. What is wrong is said by `error`.
 */
export function parseLayout(text: string, error: LayoutError): ParsedLayout {
  if (text.length > MAX_TEXT)
    throw error(0, `the layout has ${text.length} characters, but ${MAX_TEXT} are the most`);
  const tokens = new LayoutTokens(text, error);
  const parser: Parser = { tokens, layouts: new Map(), named: new Map(), parameters: [], depth: 0 };
  const type = readType(parser);
  while (tokens.take(',') || tokens.atNewLine()) readType(parser);
  tokens.expectEnd();
  for (const [name, at] of parser.named) {
    if (parser.layouts.has(name)) continue;
    throw error(
      at,
      `${JSON.stringify(name)} has no layout`,
      'say its fields in braces, or object if the stream tells the class',
    );
  }
  return { type, layouts: parser.layouts };
}

function readType(parser: Parser): KryoFieldType {
  const { tokens } = parser;
  if (++parser.depth > MAX_DEPTH) throw tokens.error(tokens.at, `types nest deeper than ${MAX_DEPTH} levels`);
  let type = readPlain(parser);
  tokens.take('?');
  while (tokens.take('[')) {
    tokens.expect(']', 'behind "["');
    tokens.take('?');
    type = { kind: 'array', element: type };
  }
  parser.depth--;
  return type;
}

function readPlain(parser: Parser): KryoFieldType {
  const { tokens } = parser;
  const at = tokens.at;
  const word = tokens.name('a type');
  if (isPrimitive(word)) {
    if (!tokens.take('?')) return { kind: 'primitive', name: word };
    return plainClass(BOX_OF.get(word)!);
  }
  if (parser.parameters.includes(word)) return { kind: 'variable', name: word, bound: readBound(parser) };
  if (word === 'enum') return readEnum(parser);
  if (word === 'abstract') return readAbstract(parser);
  if (word === 'final' || word === 'record') return readMarked(parser, word);
  return readClass(parser, SHORT.get(word) ?? word, at, { final: false, record: false });
}

function plainClass(name: string): KryoFieldType {
  return { kind: 'class', name, arguments: [] };
}

function readAbstract({ tokens, layouts }: Parser): KryoFieldType {
  const at = tokens.at;
  const className = tokens.name('a class');
  if (layouts.has(className)) throw tokens.error(at, `${JSON.stringify(className)} has a layout already`);
  layouts.set(className, { className, kind: 'abstract', fields: [], final: false, typeParameters: [] });
  return plainClass(className);
}

/** `T` or `T extends Bound`, for a variable that is erased to something else than Object. */
function readBound({ tokens }: Parser): string {
  if (tokens.peek() !== 'extends') return OBJECT;
  tokens.name('extends');
  return tokens.name('a class');
}

interface Marks {
  readonly final: boolean;
  readonly record: boolean;
}

function readMarked(parser: Parser, word: string): KryoFieldType {
  const { tokens } = parser;
  const record = word === 'record' || (tokens.peek() === 'record' && tokens.name('record') === 'record');
  const at = tokens.at;
  const name = tokens.name('a class');
  const type = readClass(parser, name, at, { final: true, record });
  if (parser.layouts.get(name)?.final === true) return type;
  throw tokens.error(at, `"${word}" stands before a class with its fields in braces`);
}

function readClass(parser: Parser, name: string, at: number, marks: Marks): KryoFieldType {
  const { tokens, named } = parser;
  const given = tokens.sees('<') ? tokens.list('<', '>', 'here', () => readArgument(parser)) : [];
  if (tokens.sees('{')) return readFields(parser, name, at, given, marks);
  if (jdkFinal(name) === undefined && !named.has(name)) named.set(name, at);
  return { kind: 'class', name, arguments: given.map((one) => argumentType(parser, one)) };
}

/** An argument, or a parameter: which of both a plain name is, is known when a brace follows. */
interface Argument {
  readonly at: number;
  readonly word: string | undefined;
  readonly type: KryoFieldType | undefined;
}

function readArgument(parser: Parser): Argument {
  const { tokens } = parser;
  const at = tokens.at;
  const word = tokens.peek();
  if (tokens.take('?')) return { at, word: undefined, type: readWildcard(parser) };
  const end = word === undefined ? '' : tokens.text.slice(at + word.length).trimStart()[0];
  if (
    word !== undefined &&
    !word.includes('.') &&
    (end === ',' || end === '>') &&
    !isKnownWord(parser, word)
  ) {
    tokens.name('a type');
    return { at, word, type: undefined };
  }
  return { at, word: undefined, type: readType(parser) };
}

function isKnownWord({ parameters }: Parser, word: string): boolean {
  return isPrimitive(word) || SHORT.has(word) || parameters.includes(word);
}

function readWildcard(parser: Parser): KryoFieldType {
  const { tokens } = parser;
  const word = tokens.peek();
  if (word !== 'extends' && word !== 'super') return { kind: 'wildcard', bound: undefined };
  tokens.name('a bound');
  return { kind: 'wildcard', bound: readType(parser) };
}

function argumentType({ named }: Parser, { type, word, at }: Argument): KryoFieldType {
  if (type !== undefined) return type;
  const name = word!;
  if (!named.has(name)) named.set(name, at);
  return plainClass(name);
}

function readFields(
  parser: Parser,
  className: string,
  at: number,
  given: readonly Argument[],
  { final, record }: Marks,
): KryoFieldType {
  const { tokens, layouts, parameters: around } = parser;
  const typeParameters = given.map(({ word, at: place }) => {
    if (word !== undefined) return word;
    throw tokens.error(
      place,
      `the type parameters of ${JSON.stringify(className)} are names, as in its declaration`,
    );
  });
  if (layouts.has(className)) throw tokens.error(at, `${JSON.stringify(className)} has a layout already`);
  const base = { className, final, typeParameters };
  layouts.set(className, { ...base, kind: 'object', fields: [] });
  parser.parameters = typeParameters;
  const fields: KryoField[] = [];
  tokens.list('{', '}', 'here', () => fields.push(readField(parser, fields)));
  parser.parameters = around;
  layouts.set(className, { ...base, kind: record ? 'record' : 'object', fields });
  return plainClass(className);
}

function readField(parser: Parser, before: readonly KryoField[]): KryoField {
  const { tokens } = parser;
  const at = tokens.at;
  const name = tokens.name('a field');
  if (before.some((field) => field.name === name))
    throw tokens.error(at, `the field ${JSON.stringify(name)} is there twice`);
  tokens.expect(':', `behind the field ${JSON.stringify(name)}`);
  return { name, type: readType(parser) };
}

function readEnum(parser: Parser): KryoFieldType {
  const { tokens, layouts, named } = parser;
  const at = tokens.at;
  const className = tokens.name("an enum's class");
  if (!tokens.sees('(')) {
    if (!named.has(className)) named.set(className, at);
    return plainClass(className);
  }
  if (layouts.has(className)) throw tokens.error(at, `${JSON.stringify(className)} has a layout already`);
  let final = true;
  const constants = tokens.list('(', ')', 'here', () => {
    const name = tokens.name('a constant');
    if (tokens.take('{')) {
      tokens.expect('}', 'behind "{"');
      final = false;
    }
    return name;
  });
  layouts.set(className, { className, kind: 'enum', fields: [], constants, final, typeParameters: [] });
  return plainClass(className);
}
