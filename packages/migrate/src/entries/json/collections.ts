import { MapValue, SetValue, type TypeDescription, toJson } from '@statewright/serializers';
import {
  type At,
  type JsonReader,
  membersOf,
  misfit,
  misfitReason,
  type ReaderOf,
  readPart,
  tagged,
} from './reader.js';

const UNKNOWN: TypeDescription = { type: 'unknown', serializer: '', opaque: 'no type is known' };

/** The type of a description's child. */
export function childType(type: TypeDescription, name: string): TypeDescription {
  return type.fields?.find((field) => field.name === name)?.type ?? UNKNOWN;
}

function elements(json: readonly unknown[], read: JsonReader, at: At): unknown[] {
  return json.map((item, i) => readPart(read, item, i, at));
}

/** A list or an array of elements. */
export function list(type: TypeDescription, readerOf: ReaderOf): JsonReader {
  const read = readerOf(childType(type, 'element'));
  return (json, at) => {
    if (Array.isArray(json)) return elements(json, read, at);
    throw misfit(at, json, 'a list');
  };
}

/** Elements of which none is there twice. */
export function set(type: TypeDescription, readerOf: ReaderOf): JsonReader {
  const read = readerOf(childType(type, 'element'));
  return (json, at) => {
    const listed = json instanceof SetValue ? json.elements : json;
    const found = Array.isArray(listed) ? listed : tagged(json, 'set');
    if (!Array.isArray(found)) throw misfit(at, json, 'a list of the elements of a set');
    const made = elements(found, read, at);
    expectDistinct(made, 'element', at);
    return new SetValue(made);
  };
}

/** `int[]` and its like: of one scalar. */
export function primitives(type: TypeDescription, readerOf: ReaderOf): JsonReader {
  const scalar = type.type.slice(0, -2);
  const read = readerOf({ type: scalar, serializer: '' });
  return (json, at) => {
    const typed = tagged(json, type.type);
    if (Array.isArray(typed)) {
      // In the typed form the type stands once, for all elements.
      return elements(typed, (item, place) => read(untyped(scalar, item), place), at);
    }
    if (Array.isArray(json)) return elements(json, read, at);
    throw misfit(at, json, 'a list');
  };
}

function untyped(scalar: string, item: unknown): unknown {
  return typeof item === 'string' && scalar !== 'char' ? { [scalar]: item } : item;
}

/** A map: `[[key, value], …]`, `[{"key": …, "value": …}, …]`, an object where keys are texts, or a Map. */
export function map(type: TypeDescription, readerOf: ReaderOf): JsonReader {
  const key = readerOf(childType(type, 'key'));
  const value = readerOf(childType(type, 'value'));
  return (json, at) => {
    const pairs = pairsOf(json);
    if (pairs === undefined) throw misfit(at, json, 'a map, as a list of [key, value]');
    const entries = pairs.map(([mapKey, item], i) => {
      const readKey = readPart(key, mapKey, i, at);
      return [readKey, readPart(value, item, keyStep(mapKey, i), at)] as const;
    });
    expectDistinct(
      entries.map(([one]) => one),
      'key',
      at,
    );
    return new MapValue(entries);
  };
}

/** Java would keep one of two, and nobody said which. */
function expectDistinct(values: readonly unknown[], what: string, at: At): void {
  const seen = new Set<string>();
  for (const value of values) {
    const text = toJson(value);
    if (seen.has(text)) throw misfitReason(at, `the ${what} ${text.slice(0, 80)} is there twice`);
    seen.add(text);
  }
}

function keyStep(key: unknown, position: number): string | number {
  return typeof key === 'string' ? key : position;
}

type Pairs = readonly (readonly [unknown, unknown])[];

function pairsOf(json: unknown): Pairs | undefined {
  if (json instanceof MapValue) return json.entries;
  const typed = json instanceof Map ? undefined : tagged(json, 'map');
  if (Array.isArray(typed)) {
    const pairs = pairsOfList(typed);
    if (pairs !== undefined) return pairs;
  }
  if (Array.isArray(json)) return pairsOfList(json);
  const members = membersOf(json);
  return members === undefined ? undefined : [...members];
}

function pairsOfList(list: readonly unknown[]): Pairs | undefined {
  const pairs = list.map(pairOf);
  return pairs.every((pair) => pair !== undefined) ? pairs : undefined;
}

function pairOf(item: unknown): readonly [unknown, unknown] | undefined {
  if (Array.isArray(item)) return item.length === 2 ? [item[0], item[1]] : undefined;
  const members = membersOf(item);
  if (members?.size !== 2 || !members.has('key') || !members.has('value')) return undefined;
  return [members.get('key'), members.get('value')];
}
