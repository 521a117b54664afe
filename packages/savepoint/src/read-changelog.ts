import { DataInputView, StatewrightError } from '@statewright/bytes';
import type {
  ChangelogStateHandleStream,
  InMemoryChangelogStateHandle,
  KeyedStateHandle,
} from './handles/model.js';
import { readMetadataChange } from './headers/changelog-metadata.js';
import { keyedState } from './headers/stream-states.js';
import type { StateStream, StreamState } from './model.js';
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

async function readFiles(context: StreamContext, handle: ChangelogStateHandleStream): Promise<StateStream> {
  const files: Files[number][] = [];
  for (const each of handle.handles) {
    const ref = await context.resolver.locate(each.handle);
    files.push({ name: ref.kind === 'file' ? ref.stored : 'inline', ref, shared: false });
  }
  const base = emptyStream(context, handle, 'changelog', { kind: 'empty', size: 0 });
  return { ...base, files, problem: 'states registered in changelog files are not known to this release' };
}
