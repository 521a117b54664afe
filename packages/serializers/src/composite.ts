import type { DataInputView, DataOutputView } from '@statewright/bytes';
import { quoted } from './class-names.js';
import type {
  Codec,
  CodecCompiler,
  Describer,
  FormatNotes,
  SerializerSnapshot,
  SnapshotFormat,
  SnapshotHead,
  SnapshotReader,
  TypeDescription,
} from './model.js';
import { expectInt, readNestedSnapshots, writeNestedSnapshots } from './nested-snapshots.js';

const MAGIC = 911108;
/** The snapshot version from which a composite has its own magic and version. */
const FRAMED_VERSION = 3;

/** A snapshot of a serializer made of others: something of its own (`outer`), then the snapshots of those. */
export interface CompositeSnapshot<O = undefined> extends SerializerSnapshot {
  /** Version of the outer part; before Flink 1.8 the snapshot version itself. */
  readonly outerVersion: number;
  readonly outer: O;
}

/** What one composite class adds to the frame they share. */
export interface CompositeRow<O> {
  readonly classNames: readonly string[];
  readonly notes: FormatNotes;
  /** Outer versions that `readOuter` understands. */
  readonly outerVersions: readonly number[];
  /** Snapshot versions below 3 that it had before Flink 1.8; then the outer version is that number. */
  readonly legacyVersions?: readonly number[];
  /** How many snapshots are nested in it; absent: any number. */
  readonly arity?: number;
  /** The class that the first nested snapshot must have, where the values' own meaning hangs on it. */
  readonly firstNested?: string;
  readOuter?(input: DataInputView, outerVersion: number): O;
  writeOuter?(output: DataOutputView, outer: O, outerVersion: number): void;
  describe(snapshot: CompositeSnapshot<O>, describe: Describer): TypeDescription;
  codec(snapshot: CompositeSnapshot<O>, compiler: CodecCompiler): Codec;
}

/**
 *     i32 magic              911108          only when the snapshot version is 3
 *     i32 outerVersion                       only when the snapshot version is 3
 *     outer part                             of the class; may be empty
 *     nested snapshots                       see nested-snapshots.ts
 *
 * Follows `org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot`, Flink 1.20.
 */
export function compositeFormat<O = undefined>(row: CompositeRow<O>): SnapshotFormat<CompositeSnapshot<O>> {
  return {
    classNames: row.classNames,
    versions: [...(row.legacyVersions ?? []), FRAMED_VERSION],
    notes: row.notes,
    read: (input, head, reader) => readComposite(input, head, reader, row),
    write(output, snapshot, writer) {
      if (snapshot.version >= FRAMED_VERSION) {
        output.writeInt(MAGIC);
        output.writeInt(snapshot.outerVersion);
      }
      row.writeOuter?.(output, snapshot.outer, snapshot.outerVersion);
      writeNestedSnapshots(output, snapshot.nested, writer);
    },
    describe: row.describe,
    codec: row.codec,
  };
}

function readComposite<O>(
  input: DataInputView,
  head: SnapshotHead,
  reader: SnapshotReader,
  row: CompositeRow<O>,
): CompositeSnapshot<O> {
  const kind = row.notes.serializer;
  let outerVersion = head.version;
  if (head.version >= FRAMED_VERSION) {
    expectInt(input, MAGIC, 'BAD_MAGIC', kind, 'magic number');
    outerVersion = readOuterVersion(input, row);
  }
  const outer = row.readOuter?.(input, outerVersion) as O;
  const at = input.pos;
  const nested = readNestedSnapshots(input, reader);
  if (row.arity !== undefined && nested.length !== row.arity) {
    input.pos = at;
    throw input.error(
      'BAD_VALUE',
      kind,
      `${nested.length} nested snapshots are found but ${row.arity} are expected`,
    );
  }
  const first = nested[0]?.className;
  if (row.firstNested !== undefined && first !== row.firstNested) {
    input.pos = at;
    const reason = `the first nested snapshot is ${quoted(first ?? '')} but ${quoted(row.firstNested)} is expected`;
    throw input.error('BAD_VALUE', kind, reason);
  }
  return { ...head0(head), outerVersion, outer, nested, span: input.spanFrom(head.start) };
}

function readOuterVersion<O>(input: DataInputView, row: CompositeRow<O>): number {
  const version = input.readInt(row.notes.serializer);
  if (row.outerVersions.includes(version)) return version;
  input.pos -= 4;
  const reason = `outer version ${version} is found but ${row.outerVersions.join(', ')} can be read`;
  throw input.error('UNSUPPORTED_VERSION', row.notes.serializer, reason, 4);
}

function head0(head: SnapshotHead): { className: string; version: number } {
  return { className: head.className, version: head.version };
}
