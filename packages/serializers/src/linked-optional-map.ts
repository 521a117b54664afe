import { DataInputView, DataOutputView, StatewrightError } from '@statewright/bytes';
import { quoted } from './class-names.js';
import type { UnreadableSnapshot } from './format-table.js';
import type { SerializerSnapshot, SnapshotReader } from './model.js';

const HEADER = 0x000004f2c69a3d70n;
/** Least bytes of an entry: an empty name and two absent parts. */
const MIN_ENTRY_BYTES = 4;

/** One entry: a name, and a key and a value that may be absent (their class was not there when it was written). */
export interface OptionalEntry<K, V> {
  readonly name: string;
  readonly key: K | undefined;
  readonly value: V | undefined;
}

/** Reads a part from a view that ends where its frame ends. */
export type FrameReader<T> = (frame: DataInputView) => T;

/**
 *     i64 header             0x000004F2C69A3D70
 *     i32 size
 *     size x
 *       utf  name
 *       bool key present, if so: i32 length, key bytes
 *       bool value present, if so: i32 length, value bytes
 *
 * Follows `org.apache.flink.util.LinkedOptionalMapSerializer`, Flink 1.20. A length of 0 is legal.
 */
export function readOptionalMap<K, V>(
  input: DataInputView,
  kind: string,
  readKey: FrameReader<K>,
  readValue: FrameReader<V>,
): OptionalEntry<K, V>[] {
  const header = input.readLong(kind);
  if (header !== HEADER) {
    input.pos -= 8;
    const reason = `header ${hex(header)} is found but ${hex(HEADER)} is expected`;
    throw input.error('BAD_MAGIC', kind, reason, 8);
  }
  const size = input.readCount(kind, MIN_ENTRY_BYTES);
  const entries: OptionalEntry<K, V>[] = [];
  const names = new Set<string>();
  for (let i = 0; i < size; i++) {
    const name = readNewName(input, kind, names);
    const key = input.readBoolean(kind) ? readFrame(input, kind, readKey) : undefined;
    const value = input.readBoolean(kind) ? readFrame(input, kind, readValue) : undefined;
    entries.push({ name, key, value });
  }
  return entries;
}

/** A name that no entry before has: a map has one entry for each. */
function readNewName(input: DataInputView, kind: string, names: Set<string>): string {
  const at = input.pos;
  const name = input.readUTF(kind);
  if (!names.has(name)) {
    names.add(name);
    return name;
  }
  const length = input.pos - at;
  input.pos = at;
  throw input.error('BAD_VALUE', kind, `two entries are called ${quoted(name)}`, length);
}

/** The inverse of `readOptionalMap`. */
export function writeOptionalMap<K, V>(
  output: DataOutputView,
  entries: readonly OptionalEntry<K, V>[],
  writeKey: (frame: DataOutputView, key: K) => void,
  writeValue: (frame: DataOutputView, value: V) => void,
): void {
  output.writeLong(HEADER);
  output.writeInt(entries.length);
  for (const { name, key, value } of entries) {
    output.writeUTF(name);
    writeFrame(output, key, writeKey);
    writeFrame(output, value, writeValue);
  }
}

function readFrame<T>(input: DataInputView, kind: string, read: FrameReader<T>): T {
  const length = input.readCount(kind);
  const limit = input.limit;
  input.limit = input.pos + length;
  const part = read(input);
  input.expectEnd(kind);
  input.limit = limit;
  return part;
}

function writeFrame<T>(
  output: DataOutputView,
  part: T | undefined,
  write: (frame: DataOutputView, part: T) => void,
): void {
  output.writeBoolean(part !== undefined);
  if (part === undefined) return;
  const frame = new DataOutputView();
  write(frame, part);
  output.writeBytes32(frame.view());
}

/** The whole frame as bytes, copied. */
export function readFrameBytes(frame: DataInputView): Uint8Array {
  return frame.readBytes(frame.remaining).slice();
}

const KEPT_AS_BYTES = new Set(['UNKNOWN_SNAPSHOT_CLASS', 'LEGACY_FORMAT', 'UNSUPPORTED_VERSION']);

/** A framed snapshot: when its class or version is not known it is kept as bytes, because the frame tells its end. */
export function readFramedSnapshot(frame: DataInputView, reader: SnapshotReader): SerializerSnapshot {
  const at = frame.pos;
  const depth = frame.depth;
  try {
    return reader.readVersioned(frame);
  } catch (error) {
    if (!(error instanceof StatewrightError) || !KEPT_AS_BYTES.has(error.code)) throw error;
    frame.pos = at;
    frame.depth = depth;
    return readUnreadable(frame, error.reason);
  }
}

function readUnreadable(frame: DataInputView, unreadable: string): UnreadableSnapshot {
  const start = frame.filePos;
  const bytes = readFrameBytes(frame);
  const head = new DataInputView(bytes, frame.file, start);
  const className = head.readUTF('serializer snapshot class');
  const version = head.readInt('serializer snapshot version');
  return { className, version, span: frame.spanFrom(start), nested: [], frame: bytes, unreadable };
}

function hex(value: bigint): string {
  return `0x${BigInt.asUintN(64, value).toString(16).padStart(16, '0')}`;
}
