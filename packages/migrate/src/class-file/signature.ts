import { MAX_DEPTH, StatewrightError } from '@statewright/bytes';
import { erasure, OBJECT, primitiveOfLetter } from '../kryo/java-types.js';
import type { KryoFieldType } from '../kryo/layout.js';

/** A type parameter and the class that it is erased to. */
export interface TypeParameter {
  readonly name: string;
  readonly bound: string;
}

/** The generic part of a class: its parameters, and its superclass with arguments. */
export interface ClassSignature {
  readonly parameters: readonly TypeParameter[];
  readonly superclass: KryoFieldType;
}

/** What a variable is erased to. */
export type Bounds = (name: string) => string;

interface Cursor {
  readonly text: string;
  readonly bounds: Bounds;
  at: number;
  depth: number;
}

/** Reads a field's descriptor or signature, for example `Ljava/util/List<TT;>;`. JVM Specification, 4.7.9.1. */
export function parseFieldType(text: string, bounds: Bounds): KryoFieldType {
  const cursor: Cursor = { text, bounds, at: 0, depth: 0 };
  const type = readType(cursor);
  if (cursor.at < text.length) throw bad(cursor);
  return type;
}

/** Reads the signature of a class, for example `<T:Ljava/lang/Object;>Lcom/acme/Base<TT;>;`. */
export function parseClassSignature(text: string): ClassSignature {
  const bounds = new Map<string, string>();
  const cursor: Cursor = { text, bounds: (name) => bounds.get(name) ?? OBJECT, at: 0, depth: 0 };
  if (text.startsWith('<')) {
    cursor.at++;
    while (!take(cursor, '>')) {
      const name = until(cursor, ':');
      bounds.set(name, readBound(cursor));
    }
  }
  const parameters = [...bounds].map(([name, bound]) => ({ name, bound }));
  return { parameters, superclass: readType(cursor) };
}

/** `:class:interface:interface`; the class may be left out. */
function readBound(cursor: Cursor): string {
  const bounds: string[] = [];
  while (take(cursor, ':')) {
    if (cursor.text[cursor.at] !== ':') bounds.push(erasure(readType(cursor)));
  }
  return bounds[0] ?? OBJECT;
}

function readType(cursor: Cursor): KryoFieldType {
  if (++cursor.depth > MAX_DEPTH) throw bad(cursor);
  const letter = cursor.text[cursor.at++] ?? '';
  const type = readKind(cursor, letter);
  cursor.depth--;
  return type;
}

function readKind(cursor: Cursor, letter: string): KryoFieldType {
  if (letter === '[') return { kind: 'array', element: readType(cursor) };
  if (letter === 'L') return readClass(cursor);
  if (letter === 'T') {
    const name = until(cursor, ';');
    cursor.at++;
    return { kind: 'variable', name, bound: cursor.bounds(name) };
  }
  const name = primitiveOfLetter(letter);
  if (name === undefined) throw bad(cursor);
  return { kind: 'primitive', name };
}

/** `Lname<argument>.Inner<argument>;`: the arguments are those of the innermost class. */
function readClass(cursor: Cursor): KryoFieldType {
  let name = '';
  let given: KryoFieldType[] = [];
  for (;;) {
    const start = cursor.at;
    while (cursor.at < cursor.text.length && !'<;.'.includes(cursor.text[cursor.at]!)) cursor.at++;
    name += cursor.text.slice(start, cursor.at).replaceAll('/', '.');
    if (take(cursor, '<')) given = readArguments(cursor);
    if (take(cursor, ';')) return { kind: 'class', name, arguments: given };
    if (!take(cursor, '.')) throw bad(cursor);
    name += '$';
    given = [];
  }
}

function readArguments(cursor: Cursor): KryoFieldType[] {
  const given: KryoFieldType[] = [];
  while (!take(cursor, '>')) {
    if (take(cursor, '*')) given.push({ kind: 'wildcard', bound: undefined });
    else if (take(cursor, '+') || take(cursor, '-'))
      given.push({ kind: 'wildcard', bound: readType(cursor) });
    else given.push(readType(cursor));
  }
  return given;
}

function take(cursor: Cursor, mark: string): boolean {
  if (cursor.text[cursor.at] !== mark) return false;
  cursor.at++;
  return true;
}

function until(cursor: Cursor, mark: string): string {
  const end = cursor.text.indexOf(mark, cursor.at);
  if (end < 0) throw bad(cursor);
  const text = cursor.text.slice(cursor.at, end);
  cursor.at = end;
  return text;
}

function bad({ text, at }: Cursor): StatewrightError {
  const reason = `the type ${JSON.stringify(text.slice(0, 200))} cannot be read at its character ${at}`;
  return new StatewrightError('BAD_VALUE', { kind: 'class file', reason });
}
