import { StatewrightError } from '@statewright/bytes';
import type { IncrementalKeyedStateHandle, KeyedStateHandle, KeyGroupsStateHandle } from './handles/model.js';
import { HANDLE_TAG, type OperatorStateHandle } from './handles/model.js';
import { detectKeyedFormat } from './headers/detect-format.js';
import { readKeyedHeader } from './headers/keyed-header.js';
import { readOperatorHeader } from './headers/operator-header.js';
import { type HeaderRead, MAX_HEADER, readHeader } from './headers/read-header.js';
import type { FailedSnapshot } from './headers/snapshot-read.js';
import {
  keyedStates,
  operatorStates,
  type UnreadableSerializer,
  unreadable,
} from './headers/stream-states.js';
import type { StateStream } from './model.js';
import { readChangelog } from './read-changelog.js';
import { readRawTimers } from './read-raw-timers.js';
import { type StreamBytes, streamBytes } from './stream-bytes.js';
import { emptyStream, type StreamContext } from './stream-context.js';

type Files = StateStream['files'];

/** The managed operator state stream of a subtask, its header read. */
export async function readOperatorStream(
  context: StreamContext,
  handle: OperatorStateHandle,
): Promise<StateStream> {
  const ref = await context.resolver.resolve(handle.delegate);
  const base = emptyStream(context, handle, 'operator', ref);
  if (ref.size === 0) return base;
  const stream = streamBytes(context.fs, context.location, ref);
  const bound = firstOffset(
    handle.states.flatMap((state) => state.offsets),
    ref.size,
  );
  const read = await orLegacy(
    readHeader(stream, bound, (input) => readOperatorHeader(input, context.readSnapshot)),
  );
  if (read instanceof StatewrightError) return legacy(base, read);
  const failed = await readFailed(stream, bound, read, read.header.failed);
  // When compressed, the identifier of the framed stream stands between header and data.
  if (failed === undefined && !read.header.compressed) expectHeaderEnd(stream, read.length, bound);
  return {
    ...base,
    headerVersion: read.header.version,
    compressed: read.header.compressed,
    states: operatorStates(read.header, handle, failed),
    headerLength: failed === undefined ? read.length : bound,
    problem: read.header.failed?.error.message,
  };
}

/** A managed keyed stream of a subtask, its header read; RocksDB and changelog handles with their files. */
export async function readKeyedStream(
  context: StreamContext,
  handle: KeyedStateHandle,
): Promise<StateStream> {
  switch (handle.type) {
    case 'key-groups':
      return readKeyGroupsStream(context, handle);
    case 'incremental':
      return readIncremental(context, handle);
    default:
      return readChangelog(context, handle, readKeyedStream);
  }
}

async function readKeyGroupsStream(
  context: StreamContext,
  handle: KeyGroupsStateHandle,
): Promise<StateStream> {
  const ref = await context.resolver.resolve(handle.delegate);
  const base: StateStream = {
    ...emptyStream(context, handle, 'canonical', ref),
    keyGroups: { start: handle.startKeyGroup, end: handle.startKeyGroup + handle.offsets.length - 1 },
    keyGroupOffsets: handle.offsets,
  };
  if (ref.size === 0) return base;
  const stream = streamBytes(context.fs, context.location, ref);
  const bound = firstOffset(handle.offsets, ref.size);
  const read = await readKeyed(context, stream, bound, base);
  if (read.format !== 'legacy') expectHeaderEnd(stream, read.headerLength, bound);
  if (handle.tag === HANDLE_TAG.SAVEPOINT_KEY_GROUPS_HANDLE || read.format === 'legacy') return read;
  const { startKeyGroup, offsets } = handle;
  const format = await detectKeyedFormat(stream, startKeyGroup, offsets, context.maxParallelism);
  return { ...read, format };
}

/** `base` with what a keyed header tells. */
async function readKeyed(
  context: StreamContext,
  stream: StreamBytes,
  bound: number,
  base: StateStream,
): Promise<StateStream> {
  const read = await orLegacy(
    readHeader(stream, bound, (input) => readKeyedHeader(input, context.readSnapshot)),
  );
  if (read instanceof StatewrightError) return legacy(base, read);
  const failed = await readFailed(stream, bound, read, read.header.failed);
  return {
    ...base,
    compressed: read.header.compressed,
    states: keyedStates(read.header, failed),
    declaredStates: read.header.declaredStates,
    headerLength: failed === undefined ? read.length : bound,
    problem: read.header.failed?.error.message,
  };
}

async function readIncremental(
  context: StreamContext,
  handle: IncrementalKeyedStateHandle,
): Promise<StateStream> {
  const ref = await context.resolver.resolve(handle.metaDataState);
  const base: StateStream = {
    ...emptyStream(context, handle, 'rocksdb', ref),
    keyGroups: { start: handle.startKeyGroup, end: handle.startKeyGroup + handle.numberOfKeyGroups - 1 },
    files: await filesOf(context, handle),
  };
  if (ref.size === 0) return base;
  const stream = streamBytes(context.fs, context.location, ref);
  return readKeyed(context, stream, ref.size, base);
}

async function filesOf(context: StreamContext, handle: IncrementalKeyedStateHandle): Promise<Files> {
  const files: Files[number][] = [];
  for (const [list, shared] of [[handle.sharedState, true] as const, [handle.privateState, false] as const]) {
    for (const each of list) {
      files.push({ name: each.localPath, ref: await context.resolver.locate(each.handle), shared });
    }
  }
  return files;
}

/** A raw stream: its bytes belong to the operator, so that there is no header to read. */
export async function readRawStream(
  context: StreamContext,
  handle: KeyedStateHandle | OperatorStateHandle,
): Promise<StateStream> {
  if (handle.type === 'operator-state') {
    const ref = await context.resolver.resolve(handle.delegate);
    return emptyStream(context, handle, 'raw-operator', ref);
  }
  if (handle.type !== 'key-groups') return readKeyedStream(context, handle);
  const ref = await context.resolver.resolve(handle.delegate);
  const stream: StateStream = {
    ...emptyStream(context, handle, 'raw-keyed', ref),
    keyGroups: { start: handle.startKeyGroup, end: handle.startKeyGroup + handle.offsets.length - 1 },
    keyGroupOffsets: handle.offsets,
  };
  if (ref.size === 0) return stream;
  const bytes = streamBytes(context.fs, context.location, ref);
  return readRawTimers(stream, bytes, context.readSnapshot, context.formats);
}

/** The position of the first data, which is where the header ends. */
function firstOffset(offsets: readonly number[], size: number): number {
  let first = size;
  for (const offset of offsets) if (offset > 0 && offset < first) first = offset;
  return first;
}

/** The data begins right behind the header: a header that seems shorter lacks states. */
function expectHeaderEnd(stream: StreamBytes, end: number, bound: number): void {
  if (end === bound) return;
  const span = { file: stream.file, start: stream.fileOffset + end, end: stream.fileOffset + bound };
  const reason = `the header ends at ${end} but the data begins at ${bound}`;
  throw new StatewrightError('BAD_VALUE', { span, kind: 'state header', reason });
}

/** A stream of a Flink that is too old is described by its error; damage is thrown. */
async function orLegacy<H>(reading: Promise<HeaderRead<H>>): Promise<HeaderRead<H> | StatewrightError> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof StatewrightError && error.code === 'LEGACY_FORMAT') return error;
    throw error;
  }
}

function legacy(stream: StateStream, error: StatewrightError): StateStream {
  return { ...stream, format: 'legacy', problem: error.message };
}

/** The serializer that reading stopped at, with all bytes of the header behind it. */
async function readFailed(
  stream: StreamBytes,
  bound: number,
  read: HeaderRead<unknown>,
  failed: FailedSnapshot | undefined,
): Promise<UnreadableSerializer | undefined> {
  if (failed === undefined) return undefined;
  const end = Math.min(bound, MAX_HEADER);
  const bytes = read.bytes.length >= end ? read.bytes.subarray(0, end) : await stream.read(0, end);
  return unreadable(failed, bytes, stream.file, stream.fileOffset);
}
