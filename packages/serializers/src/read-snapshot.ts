import type { DataInputView, DataOutputView, StatewrightError } from '@statewright/bytes';
import { quoted } from './class-names.js';
import { type FormatTable, formatOf, formatTable, isUnreadable } from './format-table.js';
import { legacyConfigSnapshot, legacyOuterSnapshot } from './legacy.js';
import type { SerializerSnapshot, SnapshotFormat, SnapshotReader, SnapshotWriter } from './model.js';
import { SNAPSHOT_FORMATS } from './snapshots/index.js';

/** `TypeSerializerSnapshotSerializationProxy` version of Flink 1.7 and later. */
const UTIL_VERSION = 2;
/** Written in place of a snapshot version by 1.7 to 1.16 for a serializer that still had a `TypeSerializerConfigSnapshot`. */
const ADAPTER_VERSION = 0x7a53c4f0;

/**
 * Reads an outer serializer snapshot, as it stands in state headers and snapshot files.
 *
 *     i32 utilVersion        2
 *     versioned snapshot
 *
 * Follows `org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil`, Flink 1.20.
 */
export function readSerializerSnapshot(
  input: DataInputView,
  formats: readonly SnapshotFormat[] = SNAPSHOT_FORMATS,
): SerializerSnapshot {
  const kind = 'serializer snapshot version';
  const utilVersion = input.readInt(kind);
  if (utilVersion === UTIL_VERSION) return snapshotReader(formats).readVersioned(input);
  if (utilVersion === 1) throw legacyOuterSnapshot(input);
  input.pos -= 4;
  throw input.error(
    'UNSUPPORTED_VERSION',
    kind,
    `version ${utilVersion} is found but ${UTIL_VERSION} is expected`,
    4,
  );
}

/** The inverse of `readSerializerSnapshot`, byte for byte. */
export function writeSerializerSnapshot(
  output: DataOutputView,
  snapshot: SerializerSnapshot,
  formats: readonly SnapshotFormat[] = SNAPSHOT_FORMATS,
): void {
  output.writeInt(UTIL_VERSION);
  snapshotWriter(formats).writeVersioned(output, snapshot);
}

/** Reads snapshots without the outer version, as they are nested in each other. */
export function snapshotReader(formats: readonly SnapshotFormat[] = SNAPSHOT_FORMATS): SnapshotReader {
  const table = formatTable(formats);
  const reader: SnapshotReader = { readVersioned: (input) => readVersioned(input, table, reader) };
  return reader;
}

/** The inverse of `snapshotReader`. */
export function snapshotWriter(formats: readonly SnapshotFormat[] = SNAPSHOT_FORMATS): SnapshotWriter {
  const table = formatTable(formats);
  const writer: SnapshotWriter = {
    writeVersioned: (output, snapshot) => writeVersioned(output, snapshot, table, writer),
  };
  return writer;
}

/**
 *     utf className          Java binary name of the snapshot class
 *     i32 version            or 0x7A53C4F0: a 1.7 `TypeSerializerConfigSnapshot`
 *     body                   of that class; no length
 *
 * Follows `TypeSerializerSnapshot#readVersionedSnapshot`, Flink 1.20.
 */
function readVersioned(input: DataInputView, table: FormatTable, reader: SnapshotReader): SerializerSnapshot {
  input.enter('serializer snapshot');
  const start = input.filePos;
  const at = input.pos;
  const className = input.readUTF('serializer snapshot class');
  const version = input.readInt('serializer snapshot version');
  const format = table.get(className);
  if (version === ADAPTER_VERSION || format === undefined || !readsVersion(format, version)) {
    throw refused(input, at, className, version, format);
  }
  const snapshot = format.read(input, { className, version, start }, reader);
  input.leave();
  return snapshot;
}

function readsVersion(format: SnapshotFormat, version: number): boolean {
  return format.versions === undefined || format.versions.includes(version);
}

function refused(
  input: DataInputView,
  at: number,
  className: string,
  version: number,
  format: SnapshotFormat | undefined,
): StatewrightError {
  if (version === ADAPTER_VERSION) return legacyConfigSnapshot(input, at, className);
  const length = input.pos - at;
  input.pos = at;
  const kind = 'serializer snapshot';
  const name = quoted(className);
  if (format === undefined) {
    const reason = `no reader is registered for class ${name}, version ${version}`;
    return input.error('UNKNOWN_SNAPSHOT_CLASS', kind, reason, length, 'register a format for this class');
  }
  const known = format.versions?.join(', ') ?? 'none';
  const reason = `${name} has version ${version} but ${known} can be read`;
  return input.error('UNSUPPORTED_VERSION', kind, reason, length);
}

function writeVersioned(
  output: DataOutputView,
  snapshot: SerializerSnapshot,
  table: FormatTable,
  writer: SnapshotWriter,
): void {
  if (isUnreadable(snapshot)) {
    output.writeBytes(snapshot.frame);
    return;
  }
  output.writeUTF(snapshot.className);
  output.writeInt(snapshot.version);
  formatOf(table, snapshot).write(output, snapshot, writer);
}
