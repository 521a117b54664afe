import type { Span } from '@statewright/bytes';
import { closest } from '@statewright/inspect';
import type { SerializerSnapshot } from '@statewright/serializers';
import { Cursor, type ErrorAt, quotedText } from './cursor.js';
import type { TypeForm, TypeParser } from './form.js';
import { TYPE_FORMS } from './forms/index.js';
import { type KryoEntry, readKryoEntry } from './forms/kryo.js';
import { nullableOf } from './forms/with-class.js';
import { measure } from './measure.js';

/** More serializers than this are no type that a job has; names for types could multiply them without end. */
const MAX_NODES = 100_000;
/** UTF-16 units of one type's text. */
const MAX_TEXT = 1 << 20;

/** What a text can refer to, and how its errors are made. */
export interface TypeContext {
  readonly error: ErrorAt;
  /** The file in which it stands; snapshots say so in their spans, whose offsets mean nothing. */
  readonly file: string;
  /** The type that goes by a name of its own; undefined for none. */
  named(name: string, offset: number): SerializerSnapshot | undefined;
  /** The names that `named` knows. */
  readonly names: readonly string[];
  /** What the whole job has registered with Kryo; nothing, when it is not given. */
  readonly kryo?: readonly KryoEntry[];
  /** The text of a file beside this one; the error it throws is passed on. */
  readFile(relative: string, offset: number): string;
}

const BY_KEYWORD: ReadonlyMap<string, TypeForm> = new Map(TYPE_FORMS.map((form) => [form.keyword, form]));

/** Whether a word begins a type by itself, so that it cannot be a name for one. */
export function isTypeKeyword(word: string): boolean {
  return BY_KEYWORD.has(word);
}

/**
 * Reads a type in the short syntax, for example `map<string, pojo com.acme.Profile { age: int? }>`: the snapshot that a job
 * with that serializer writes. docs/contract.md has the syntax. What is wrong is said by `context.error`.
 */
export function parseType(text: string, context: TypeContext): SerializerSnapshot {
  if (text.length > MAX_TEXT) {
    throw context.error(0, `the type has ${text.length} characters, but ${MAX_TEXT} are the most`);
  }
  const cursor = new Cursor(text, context.error);
  const snapshot = typeParser(cursor, context).type();
  cursor.expectEnd();
  const { nodes, depth } = measure(snapshot);
  if (nodes > MAX_NODES)
    throw context.error(0, `the type has ${nodes} serializers, but ${MAX_NODES} are the most`);
  if (depth > MAX_DEPTH)
    throw context.error(0, `the type nests ${depth} levels deep, but ${MAX_DEPTH} are the most`);
  return snapshot;
}

/** Reads one thing that a job has registered with Kryo: `registered CLASS with SERIALIZER`. */
export function parseKryoEntry(text: string, error: ErrorAt): KryoEntry {
  const cursor = new Cursor(text, error);
  const entry = readKryoEntry(cursor);
  cursor.expectEnd();
  return entry;
}

/** Levels of serializers: so deep that the snapshot could be written and read again. */
const MAX_DEPTH = 250;

function typeParser(cursor: Cursor, context: TypeContext): TypeParser {
  const span: Span = { file: context.file, start: 0, end: 0 };
  const parser: TypeParser = {
    cursor,
    kryo: context.kryo ?? [],
    type: () => cursor.nested(() => withMarks(parser)),
    plainType: () => cursor.nested(() => readPlain(parser, context)),
    types: (keyword, arity) => readTypes(parser, keyword, arity),
    placed: (snapshot) => ({ ...snapshot, span }) as never,
    readFile: (relative, offset) => context.readFile(relative, offset),
  };
  return parser;
}

/** A type and the `?`s behind it. */
function withMarks(parser: TypeParser): SerializerSnapshot {
  let snapshot = parser.plainType();
  while (parser.cursor.take('?')) snapshot = nullableOf(parser, snapshot);
  return snapshot;
}

function readPlain(parser: TypeParser, context: TypeContext): SerializerSnapshot {
  const { cursor } = parser;
  const at = cursor.at;
  const word = cursor.word();
  if (word === undefined) throw cursor.error(at, `a type is expected, but ${cursor.shown()}`);
  const form = BY_KEYWORD.get(word);
  if (form !== undefined) return form.parse(parser, at);
  const named = context.named(word, at);
  if (named !== undefined) return named;
  throw unknownType(cursor, context, word, at);
}

function unknownType(cursor: Cursor, context: TypeContext, word: string, at: number): Error {
  if (word.includes('.')) {
    const next = 'say what serializer it has: pojo CLASS { … }, enum CLASS(…), avro CLASS …, kryo CLASS';
    return cursor.error(at, `${quotedText(word)} is a class and no type`, next);
  }
  const [near] = closest(word, [...context.names, ...BY_KEYWORD.keys()], 1);
  return cursor.error(
    at,
    `${quotedText(word)} is no type`,
    near === undefined ? undefined : `did you mean "${near}"`,
  );
}

function readTypes(parser: TypeParser, keyword: string, arity: number | undefined): SerializerSnapshot[] {
  const { cursor } = parser;
  const at = cursor.at;
  const types = cursor.list('<', '>', `behind "${keyword}"`, () => parser.type());
  if (arity === undefined || types.length === arity) return types;
  const needed = arity === 1 ? '1 type' : `${arity} types`;
  const given = types.length === 1 ? '1 is' : `${types.length} are`;
  throw cursor.error(at, `"${keyword}" is made of ${needed}, but ${given} given`);
}
