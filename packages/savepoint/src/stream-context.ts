import type { FileSystem } from '@statewright/bytes';
import type { SnapshotFormat } from '@statewright/serializers';
import type { SnapshotRead } from './headers/snapshot-read.js';
import type { SavepointLocation, StateStream, StreamFormat, StreamRef } from './model.js';
import type { HandleResolver } from './resolve-handle.js';

/** What reading the streams of one subtask needs. */
export interface StreamContext {
  readonly fs: FileSystem;
  readonly location: SavepointLocation;
  readonly resolver: HandleResolver;
  readonly readSnapshot: SnapshotRead;
  readonly formats: readonly SnapshotFormat[];
  readonly subtask: number;
  readonly maxParallelism: number;
}

/** A stream of which nothing is known but where it lies. */
export function emptyStream(
  context: StreamContext,
  handle: StateStream['handle'],
  format: StreamFormat,
  ref: StreamRef,
): StateStream {
  return {
    subtask: context.subtask,
    handle,
    format,
    ref,
    compressed: false,
    keyGroups: undefined,
    keyGroupOffsets: [],
    states: [],
    headerLength: 0,
    files: [],
    problem: undefined,
  };
}
