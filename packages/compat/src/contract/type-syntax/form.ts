import type { SerializerSnapshot } from '@statewright/serializers';
import type { Cursor } from './cursor.js';
import type { KryoEntry } from './forms/kryo.js';
import type { Doc } from './layout.js';

/** What a form makes of a text: a snapshot without its place. */
export type ParsedSnapshot = Omit<SerializerSnapshot, 'span'> & { readonly [own: string]: unknown };

/** What a form may do while it reads. */
export interface TypeParser {
  readonly cursor: Cursor;
  /** What the whole job has registered with Kryo. */
  readonly kryo: readonly KryoEntry[];
  /** A type; `?` behind it makes it a `NullableSerializer`'s. */
  type(): SerializerSnapshot;
  /** A type without a `?`. */
  plainType(): SerializerSnapshot;
  /** `<type, type>`; exactly `arity` of them, if that is given. */
  types(keyword: string, arity?: number): SerializerSnapshot[];
  /** Gives a snapshot its place. */
  placed<S extends SerializerSnapshot = SerializerSnapshot>(snapshot: Omit<S, 'span'>): S;
  /** The text of a file beside this one. */
  readFile(relative: string, offset: number): string;
}

/** What a form may do while it prints. */
export interface TypePrinter {
  /** What the whole job has registered with Kryo, an entry a text: then a type need not say it. */
  readonly kryo: readonly string[];
  type(snapshot: SerializerSnapshot): Doc;
  types(snapshots: readonly SerializerSnapshot[]): Doc[];
  /** As `type`, where a `?` behind a type has another meaning. */
  plainType(snapshot: SerializerSnapshot): Doc;
}

/** A row of the syntax: a keyword, and what stands behind it. Made for some snapshot classes. */
export interface TypeForm {
  readonly keyword: string;
  readonly classNames: readonly string[];
  /** Reads what follows the keyword, which began at `at`. */
  parse(parser: TypeParser, at: number): SerializerSnapshot;
  /** The whole text; undefined when this form cannot say the snapshot exactly. */
  print(snapshot: SerializerSnapshot, printer: TypePrinter): Doc | undefined;
}
