import { MAX_DEPTH, StatewrightError } from '@statewright/bytes';
import { MapValue, Opaque, RecordValue, RowValue, type TypeDescription } from '@statewright/serializers';

/** Where a reader is in the value it reads. */
export interface At {
  /** Field names and positions from the outside in; of the place that does not fit when a reader throws. */
  readonly path: (string | number)[];
  /** A null was let through whose serializer may refuse it. */
  unsure: boolean;
}

/** Makes the decoded form of one type from JSON; CANNOT_ENCODE with the path for what does not fit. */
export type JsonReader = (json: unknown, at: At) => unknown;

/** Gives the readers of nested types. */
export type ReaderOf = (type: TypeDescription) => JsonReader;

/** Makes the reader of a type that a row of a table knows. */
export type ReaderMaker = (type: TypeDescription, readerOf: ReaderOf) => JsonReader;

const MAX_SHOWN = 60;

/** The error for a value that is not what its type expects; `expected` with its article. */
export function misfit(at: At, json: unknown, expected: string, next?: string): StatewrightError {
  return misfitReason(at, `${shown(json)} is found but ${expected} is expected`, next);
}

/** The same with a sentence of its own. */
export function misfitReason({ path }: At, reason: string, next?: string): StatewrightError {
  const kind = path.length === 0 ? 'value' : `value ${pathText(path)}`;
  return new StatewrightError('CANNOT_ENCODE', { kind, reason, next });
}

function pathText(path: readonly (string | number)[]): string {
  const parts = path.map((step) =>
    typeof step === 'string' && /^[A-Za-z_$@][\w$]*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`,
  );
  return parts.join('').replace(/^\./, '');
}

/** A value in a sentence: its JSON, cut where it is long. */
export function shown(json: unknown): string {
  const text = JSON.stringify(json, plainly) ?? String(json);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

function plainly(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  return value instanceof Map ? Object.fromEntries(value) : value;
}

/** Reads a part, whose errors then name its place. */
export function readPart(read: JsonReader, json: unknown, step: string | number, at: At): unknown {
  at.path.push(step);
  if (at.path.length > MAX_DEPTH) throw misfitReason(at, `the value nests deeper than ${MAX_DEPTH} levels`);
  const value = read(json, at);
  at.path.pop();
  return value;
}

/** The members of a JSON object, a Map of CEL, or a decoded record or row with names; undefined for anything else. */
export function membersOf(json: unknown): ReadonlyMap<unknown, unknown> | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  if (json instanceof Map) return json;
  if (json instanceof RecordValue) return named(json.shape.names, json.fields);
  if (json instanceof RowValue) return json.names && named(json.names, json.fields);
  return isPlain(json) ? new Map(Object.entries(json)) : undefined;
}

function named(names: readonly string[], fields: readonly unknown[]): Map<string, unknown> {
  return new Map(names.map((name, i) => [name, fields[i]]));
}

function isPlain(json: object): boolean {
  const prototype = Object.getPrototypeOf(json);
  return prototype === Object.prototype || prototype === null;
}

/** The value of an object's only member, when that is its name: `{"long":"5"}`, `{"set":[…]}`. */
export function tagged(json: unknown, tag: string): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json) || json instanceof MapValue) {
    return undefined;
  }
  const members = membersOf(json);
  return members?.size === 1 ? members.get(tag) : undefined;
}

/** `{"@opaque":{…}}`, or an opaque value itself; undefined for anything else. */
export function opaqueOf(json: unknown): Opaque | undefined {
  if (json instanceof Opaque) return json;
  const parts = membersOf(tagged(json, '@opaque'));
  if (parts === undefined) return undefined;
  const [bytes, serializer, why, className] = ['bytes', 'serializer', 'why', 'class'].map((name) =>
    parts.get(name),
  );
  if (typeof bytes !== 'string' || !isHex(bytes)) return undefined;
  return new Opaque(
    bytesOfHex(bytes),
    { file: '', start: 0, end: 0 },
    String(why ?? ''),
    typeof className === 'string' ? className : undefined,
    String(serializer ?? ''),
  );
}

/** Whether a text is bytes in hex. */
export function isHex(text: string): boolean {
  return text.length % 2 === 0 && /^[0-9a-f]*$/i.test(text);
}

/** The bytes of a text that `isHex`. */
export function bytesOfHex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'));
}
