import { StatewrightError } from '@statewright/bytes';
import { quoted } from './class-names.js';
import type { SerializerSnapshot, SnapshotFormat } from './model.js';

/** A snapshot that could be framed but not read, kept as its bytes. Only where Flink gives a length. */
export interface UnreadableSnapshot extends SerializerSnapshot {
  /** The whole frame: class name, version and body. */
  readonly frame: Uint8Array;
  /** Why it could not be read: one sentence without a full stop. */
  readonly unreadable: string;
}

/** Whether a snapshot is one of those. */
export function isUnreadable(snapshot: SerializerSnapshot): snapshot is UnreadableSnapshot {
  return 'unreadable' in snapshot;
}

/** Formats by snapshot class; of two formats for a class the later row counts, so that users can replace one. */
export type FormatTable = ReadonlyMap<string, SnapshotFormat>;

const tables = new WeakMap<readonly SnapshotFormat[], FormatTable>();

/** The lookup table of a list of formats, made once a list. */
export function formatTable(formats: readonly SnapshotFormat[]): FormatTable {
  let table = tables.get(formats);
  if (table === undefined) {
    table = new Map(formats.flatMap((format) => format.classNames.map((name) => [name, format] as const)));
    tables.set(formats, table);
  }
  return table;
}

/** The row of a snapshot that was read; UNKNOWN_SNAPSHOT_CLASS when these formats do not have it. */
export function formatOf(table: FormatTable, snapshot: SerializerSnapshot): SnapshotFormat {
  const format = table.get(snapshot.className);
  if (format !== undefined) return format;
  const reason = `no reader is registered for class ${quoted(snapshot.className)}, version ${snapshot.version}`;
  throw new StatewrightError('UNKNOWN_SNAPSHOT_CLASS', {
    span: snapshot.span,
    kind: 'serializer snapshot',
    reason,
  });
}
