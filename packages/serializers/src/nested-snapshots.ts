import type { DataInputView, DataOutputView } from '@statewright/bytes';
import type { SerializerSnapshot, SnapshotReader, SnapshotWriter } from './model.js';

const MAGIC = 1333245;
const VERSION = 1;
/** Least bytes of a versioned snapshot: an empty class name and a version. */
const MIN_SNAPSHOT_BYTES = 6;

/**
 *     i32 magic              1333245
 *     i32 version            1
 *     i32 n
 *     n x versioned snapshot
 *
 * Follows `org.apache.flink.api.common.typeutils.NestedSerializersSnapshotDelegate`, Flink 1.20.
 */
export function readNestedSnapshots(input: DataInputView, reader: SnapshotReader): SerializerSnapshot[] {
  const kind = 'nested serializer snapshots';
  expectInt(input, MAGIC, 'BAD_MAGIC', kind, 'magic number');
  expectInt(input, VERSION, 'UNSUPPORTED_VERSION', kind, 'version');
  const count = input.readCount(kind, MIN_SNAPSHOT_BYTES);
  const nested: SerializerSnapshot[] = [];
  for (let i = 0; i < count; i++) nested.push(reader.readVersioned(input));
  return nested;
}

/** The inverse of `readNestedSnapshots`. */
export function writeNestedSnapshots(
  output: DataOutputView,
  nested: readonly SerializerSnapshot[],
  writer: SnapshotWriter,
): void {
  output.writeInt(MAGIC);
  output.writeInt(VERSION);
  output.writeInt(nested.length);
  for (const snapshot of nested) writer.writeVersioned(output, snapshot);
}

/** Reads an `i32` that can have only one value. */
export function expectInt(
  input: DataInputView,
  expected: number,
  code: 'BAD_MAGIC' | 'UNSUPPORTED_VERSION',
  kind: string,
  what: string,
): void {
  const found = input.readInt(kind);
  if (found === expected) return;
  input.pos -= 4;
  throw input.error(code, kind, `${what} ${found} is found but ${expected} is expected`, 4);
}
