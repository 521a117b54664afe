import { type DataInputView, type ErrorCode, StatewrightError } from '@statewright/bytes';
import type { SerializerSnapshot } from '@statewright/serializers';

/** Reads an outer serializer snapshot with the formats of the savepoint being opened. */
export type SnapshotRead = (input: DataInputView) => SerializerSnapshot;

/** A serializer snapshot that could not be read. It has no length, so nothing behind it in the header can be read either. */
export interface FailedSnapshot {
  /** Key of the serializer in its state; undefined for the stream's key serializer. */
  readonly key: string | undefined;
  /** File position of the outer snapshot's first byte. */
  readonly start: number;
  readonly error: StatewrightError;
}

const NOT_READABLE: ReadonlySet<ErrorCode> = new Set([
  'UNKNOWN_SNAPSHOT_CLASS',
  'LEGACY_FORMAT',
  'UNSUPPORTED_VERSION',
  'NOT_SUPPORTED',
]);

/** A snapshot, or why this toolkit cannot read it. Damage is thrown. */
export function tryReadSnapshot(
  input: DataInputView,
  readSnapshot: SnapshotRead,
  key: string | undefined,
): SerializerSnapshot | FailedSnapshot {
  const start = input.filePos;
  const depth = input.depth;
  try {
    return readSnapshot(input);
  } catch (error) {
    if (!(error instanceof StatewrightError) || !NOT_READABLE.has(error.code)) throw error;
    input.depth = depth;
    return { key, start, error };
  }
}

export function isFailed(snapshot: SerializerSnapshot | FailedSnapshot): snapshot is FailedSnapshot {
  return 'error' in snapshot;
}
