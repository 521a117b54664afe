import type { DataInputView, DataOutputView, Span } from '@statewright/bytes';

/**
 * One node of a serializer tree, as read from a snapshot: what Flink's `TypeSerializerSnapshot` of that class holds.
 * Every format adds its own readonly fields; `write` must give the same bytes from them.
 */
export interface SerializerSnapshot {
  /** Java binary name of the snapshot class, for example `org.apache.flink.api.common.typeutils.base.ListSerializerSnapshot`. */
  readonly className: string;
  /** The version written after the class name (`getCurrentVersion` of the writer). */
  readonly version: number;
  /** From the first byte of the class name to the end of the body. */
  readonly span: Span;
  /** The snapshots inside it, in file order; empty for a leaf. */
  readonly nested: readonly SerializerSnapshot[];
}

/** What `SnapshotFormat.read` gets: the head that has been read already. */
export interface SnapshotHead {
  readonly className: string;
  readonly version: number;
  /** File position of the class name's first byte. */
  readonly start: number;
}

/** How formats read and write the snapshots nested in them. */
export interface SnapshotReader {
  /** Class name, version, body; UNKNOWN_SNAPSHOT_CLASS when no format has that class. Follows `TypeSerializerSnapshot#readVersionedSnapshot`. */
  readVersioned(input: DataInputView): SerializerSnapshot;
}

/** The inverse of `SnapshotReader`. */
export interface SnapshotWriter {
  writeVersioned(output: DataOutputView, snapshot: SerializerSnapshot): void;
}

/** A row of the table of formats: one snapshot class (or several with one body), as a reader, a writer, a type and a codec. */
export interface SnapshotFormat<S extends SerializerSnapshot = SerializerSnapshot> {
  readonly classNames: readonly string[];
  /** Snapshot versions that `read` understands; any other is UNSUPPORTED_VERSION. Absent: `read` checks for itself. */
  readonly versions?: readonly number[];
  /** What the table in docs says of it; every row of SNAPSHOT_FORMATS has it. */
  readonly notes?: FormatNotes;
  /** Reads the body, which follows the head. */
  read(input: DataInputView, head: SnapshotHead, reader: SnapshotReader): S;
  /** Writes the body, byte for byte as `read` found it. */
  write(output: DataOutputView, snapshot: S, writer: SnapshotWriter): void;
  /** What a person calls this type. */
  describe(snapshot: S, describe: Describer): TypeDescription;
  /** The values' reader and writer; called once per serializer, so anything slow belongs here and not into `read`. */
  codec(snapshot: S, compiler: CodecCompiler): Codec;
}

/** Describes a nested snapshot. */
export type Describer = (child: SerializerSnapshot) => TypeDescription;

/** One line of docs/status-serializers.md. */
export interface FormatNotes {
  /** As `TypeDescription.type`. */
  readonly type: string;
  /** Simple name of Flink's serializer. */
  readonly serializer: string;
  /** Flink releases that write it, first and last, for example `1.8-2.3`. */
  readonly flink: string;
  /** How a value comes out: one phrase. */
  readonly values: string;
}

/** A type as `schema` shows it; a tree of plain JSON. */
export interface TypeDescription {
  /** Short name in the contract's type syntax: `long`, `string`, `list`, `map`, `pojo`, `avro`, `row`, `tuple`, `kryo`, `enum` ... */
  readonly type: string;
  /** Java class of the value where the snapshot tells it. */
  readonly class?: string;
  /** Simple name of Flink's serializer. */
  readonly serializer: string;
  /** Named children: POJO and Avro fields, `key`/`value`/`element`, `left`/`right`, tuple positions `f0`, `f1` ... */
  readonly fields?: readonly {
    readonly name: string;
    readonly type: TypeDescription;
    readonly nullable?: boolean;
  }[];
  /** POJO: the subclasses that the snapshot knows, by Java class name. */
  readonly subclasses?: readonly { readonly name: string; readonly type: TypeDescription }[];
  /** Why values of it cannot be decoded; present exactly when they are `Opaque`. */
  readonly opaque?: string;
  /** Anything more worth showing: enum constants, precision, Kryo registrations, Avro schema. Plain JSON. */
  readonly details?: { readonly [name: string]: unknown };
}

/**
 * Reads and writes the values of one serializer. Compiled once, then called per value.
 * `V` is the decoded form, see `values.ts`.
 */
export interface Codec<V = unknown> {
  /** Flink's `TypeSerializer#getLength()`: the fixed length in bytes, or -1. */
  readonly length: number;
  /**
   * Whether a value's bytes tell where it ends. False for Opaque and all that contains one: such a value runs to
   * the view's `limit`, which the caller must have set to the end of its frame.
   */
  readonly delimited: boolean;
  /**
   * Whether a value may turn out to be Opaque up to the limit; then `input.openEnd === input.pos` after it. Always so
   * when not delimited, but also for a POJO, whose subclass may be missing from the snapshot. Default: not delimited.
   */
  readonly mayRunToLimit?: boolean;
  /** Least number of bytes of a value; default `length`, or 0 when that is -1. Bounds the count of a collection. */
  readonly minLength?: number;
  read(input: DataInputView): V;
  /** CANNOT_ENCODE when the value does not fit. */
  write(output: DataOutputView, value: V): void;
  /** As `read`, without making the value. */
  skip(input: DataInputView): void;
  /** Java's `hashCode()` of the value as a 32-bit int; undefined (or no method) where the bytes do not determine it. */
  hash?(value: V): number | undefined;
}

/** Gives formats the codecs of their children. `label` is the child's name (a field, `element`, `key` ...), kept for `bytes`. */
export interface CodecCompiler {
  compile(child: SerializerSnapshot, label: string): Codec;
  /**
   * Names a part of a value that has no snapshot of its own: a field of an Avro record, a column of a row. Gives the codec
   * back as it is, unless somebody traces where the parts of a value lie.
   */
  part(codec: Codec, label: string, type: string): Codec;
  /** A number that no other call has got: lets a format make its own copy of a hot function, see `specialize.ts`. */
  unique(): number;
}
