import { DataInputView, StatewrightError } from '@statewright/bytes';
import type {
  ChangelogStateHandleStream,
  InMemoryChangelogStateHandle,
  KeyedStateHandle,
} from './handles/model.js';
import { readMetadataChange, readRegisteredStates } from './headers/changelog-metadata.js';
import { readHeader } from './headers/read-header.js';
import type { StateMetaInfo } from './headers/state-meta-info.js';
import { keyedState } from './headers/stream-states.js';
import type { StateStream, StreamRef, StreamState } from './model.js';
import { type StreamBytes, streamBytes } from './stream-bytes.js';
import { emptyStream, type StreamContext } from './stream-context.js';

type Files = StateStream['files'];

/** How a changelog reads its materialized parts. */
export type ReadPart = (context: StreamContext, handle: KeyedStateHandle) => Promise<StateStream>;

/** A changelog: the states of its parts, and the files of those. */
export async function readChangelog(
  context: StreamContext,
  handle: KeyedStateHandle,
  readPart: ReadPart,
): Promise<StateStream> {
  if (handle.type === 'changelog-bytes') return readInMemory(context, handle);
  if (handle.type === 'changelog-files') return readFiles(context, handle);
  const base = emptyStream(context, handle, 'changelog', { kind: 'empty', size: 0 });
  if (handle.type !== 'changelog') return base;
  const parts: StateStream[] = [];
  for (const part of [...handle.materialized, ...handle.nonMaterialized]) {
    if (part !== undefined) parts.push(await readPart(context, part));
  }
  return {
    ...base,
    keyGroups: { start: handle.startKeyGroup, end: handle.startKeyGroup + handle.numberOfKeyGroups - 1 },
    states: latest(parts.flatMap((part) => part.states)),
    files: parts.flatMap(partFiles),
    problem: parts.find((part) => part.problem !== undefined)?.problem,
  };
}

/** Of several registrations of a state the last one holds: a serializer may have changed since the materialization. */
function latest(states: readonly StreamState[]): StreamState[] {
  const byName = new Map<string, StreamState>();
  for (const state of states) byName.set(`${state.kind === 'timer'}:${state.name}`, state);
  return [...byName.values()];
}

function partFiles(part: StateStream): Files {
  if (part.ref.kind === 'empty') return part.files;
  const name = part.ref.kind === 'file' ? part.ref.stored : 'inline';
  return [{ name, ref: part.ref, shared: false }, ...part.files];
}

/** Changes that lie in the metadata: those that register states tell their serializers, but for the key's. */
async function readInMemory(
  context: StreamContext,
  handle: InMemoryChangelogStateHandle,
): Promise<StateStream> {
  const size = handle.changes.reduce((sum, { change }) => sum + change.end - change.start, 0);
  const base = emptyStream(context, handle, 'changelog', { kind: 'inline', span: handle.span, size });
  const states: StreamState[] = [];
  for (const { keyGroup, change } of handle.changes) {
    if (keyGroup >= 0) continue;
    const { metadataPath } = context.location;
    const bytes = await context.fs.readRange(metadataPath, change.start, change.end);
    try {
      const input = new DataInputView(bytes, metadataPath, change.start);
      const info = readMetadataChange(input, context.readSnapshot);
      if (info?.failed !== undefined) return { ...base, states, problem: info.failed.error.message };
      if (info !== undefined) states.push(keyedState(info, undefined, undefined));
    } catch (error) {
      if (!(error instanceof StatewrightError)) throw error;
      return { ...base, states, problem: error.message };
    }
  }
  return { ...base, states };
}

/**
 * Changes that lie in files: of each only the beginning is read, where states are registered.
 *
 *   bool  whether all that follows is one snappy-framed stream
 *   ...   change sets; an offset of the handle counts from behind the flag, uncompressed
 */
async function readFiles(context: StreamContext, handle: ChangelogStateHandleStream): Promise<StateStream> {
  const base = emptyStream(context, handle, 'changelog', { kind: 'empty', size: 0 });
  const files: Files[number][] = [];
  const states: StreamState[] = [];
  let problem: string | undefined;
  for (const each of handle.handles) {
    const ref = await context.resolver.locate(each.handle);
    files.push({ name: ref.kind === 'file' ? ref.stored : 'inline', ref, shared: false });
    try {
      const infos = await registeredIn(context, ref, Number(each.offset));
      states.push(...infos.filter((info) => info.failed === undefined).map(asState));
      problem ??= infos.find((info) => info.failed !== undefined)?.failed?.error.message;
    } catch (error) {
      if (!(error instanceof StatewrightError)) throw error;
      problem ??= error.message;
    }
  }
  return { ...base, states, files, problem };
}

function asState(info: StateMetaInfo): StreamState {
  return keyedState(info, undefined, undefined);
}

async function registeredIn(
  context: StreamContext,
  ref: StreamRef,
  offset: number,
): Promise<StateMetaInfo[]> {
  // The flag in front of all is not counted in the handle's size.
  const sized = ref.kind === 'empty' ? ref : { ...ref, size: ref.size + 1 };
  const stream = streamBytes(context.fs, context.location, sized);
  const flag = new DataInputView(await stream.read(0, 1), stream.file, stream.fileOffset);
  if (flag.readBoolean()) {
    const reason = 'the states that a compressed changelog registers are not known to this release';
    throw flag.error('NOT_SUPPORTED', 'changelog', reason);
  }
  const start = offset + 1;
  const behind: StreamBytes = {
    size: stream.size - start,
    file: stream.file,
    fileOffset: stream.fileOffset + start,
    read: (from, to) => stream.read(start + from, start + to),
  };
  const read = (input: DataInputView) => readRegisteredStates(input, context.readSnapshot);
  return (await readHeader(behind, behind.size, read)).header;
}
