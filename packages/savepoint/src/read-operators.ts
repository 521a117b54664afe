import { mapConcurrently } from './concurrently.js';
import type { CheckpointMetadata, OperatorState, OperatorSubtaskState } from './metadata/model.js';
import type { Operator, State, StateStream, StreamRef, StreamState } from './model.js';
import { operatorIdOfUid } from './operator-id.js';
import { readKeyedStream, readOperatorStream, readRawStream } from './read-streams.js';
import type { StreamContext } from './stream-context.js';

export interface OperatorsContext extends Omit<StreamContext, 'subtask' | 'maxParallelism'> {
  readonly uidCandidates: readonly string[];
}

/** Headers read at the same time: enough to hide the latency of an object store, few enough for open files. */
const CONCURRENT_HEADERS = 16;

/** The operators of a snapshot with their streams and states. */
export async function readOperators(
  metadata: CheckpointMetadata,
  context: OperatorsContext,
): Promise<readonly Operator[]> {
  const candidates = new Map(context.uidCandidates.map((uid) => [operatorIdOfUid(uid), uid]));
  const jobs = metadata.operatorStates.flatMap((state) =>
    state.subtaskStates.map((subtask) => ({ state, subtask })),
  );
  const streams = new Map<OperatorState, StateStream[]>(metadata.operatorStates.map((state) => [state, []]));
  const read = await mapConcurrently(jobs, CONCURRENT_HEADERS, ({ state, subtask }) =>
    readSubtask(context, state, subtask),
  );
  for (const [i, job] of jobs.entries()) streams.get(job.state)!.push(...read[i]!);
  return metadata.operatorStates.map((state) => operator(state, streams.get(state)!, candidates));
}

async function readSubtask(
  context: OperatorsContext,
  state: OperatorState,
  subtask: OperatorSubtaskState,
): Promise<StateStream[]> {
  const { maxParallelism } = state;
  const at: StreamContext = { ...context, subtask: subtask.subtaskIndex, maxParallelism };
  const streams: StateStream[] = [];
  const { managedKeyedState, rawKeyedState, managedOperatorState, rawOperatorState } = subtask;
  if (managedKeyedState !== undefined) streams.push(await readKeyedStream(at, managedKeyedState));
  if (rawKeyedState !== undefined) streams.push(await readRawStream(at, rawKeyedState));
  if (managedOperatorState !== undefined) streams.push(await readOperatorStream(at, managedOperatorState));
  if (rawOperatorState !== undefined) streams.push(await readRawStream(at, rawOperatorState));
  return streams;
}

function operator(
  state: OperatorState,
  streams: readonly StateStream[],
  candidates: ReadonlyMap<string, string>,
): Operator {
  const stored = state.operatorUid === '' ? undefined : state.operatorUid;
  const uid = stored ?? candidates.get(state.operatorId);
  const channels = state.subtaskStates.flatMap((each) => [
    ...each.inputChannelState,
    ...each.resultSubpartitionState,
  ]);
  const states: State[] = [];
  const result: Operator = {
    id: state.operatorId,
    uid,
    uidFrom: stored !== undefined ? 'metadata' : uid !== undefined ? 'candidate' : undefined,
    name: state.operatorName === '' ? undefined : state.operatorName,
    parallelism: state.parallelism,
    maxParallelism: state.maxParallelism,
    fullyFinished: state.fullyFinished,
    finishedSubtasks: state.subtaskStates.filter((each) => each.finished).length,
    states,
    streams,
    coordinatorState: state.coordinatorState?.data,
    channelState: {
      handles: channels.length,
      bytes: channels.reduce((sum, each) => sum + Math.max(each.stateSize, 0), 0),
    },
    stateBytes: stateBytes(streams),
  };
  states.push(...collectStates(result, streams));
  return result;
}

/** Keyed state, timers and operator state may share a name, so a state is known by both. */
function stateKey(stream: StateStream, state: StreamState): string {
  const space = state.kind === 'timer' ? 'timer' : stream.format === 'operator' ? 'operator' : 'keyed';
  return `${space}:${state.name}`;
}

/** One state for each name, in the order of first appearance, with its place in each stream. */
function collectStates(operator: Operator, streams: readonly StateStream[]): State[] {
  const found = new Map<string, { first: StreamState; parts: State['parts'][number][] }>();
  for (const stream of streams) {
    for (const [stateId, state] of stream.states.entries()) {
      const key = stateKey(stream, state);
      const known = found.get(key);
      if (known === undefined) found.set(key, { first: state, parts: [{ stream, stateId }] });
      else known.parts.push({ stream, stateId });
    }
  }
  return [...found.values()].map(({ first, parts }) => ({
    operator,
    name: first.name,
    kind: first.kind,
    ttl: first.ttl,
    keySerializer: first.keySerializer,
    namespaceSerializer: first.namespaceSerializer,
    valueSerializer: first.valueSerializer,
    parts,
  }));
}

/** Bytes of the streams and files; a file that several handles share counts once. */
function stateBytes(streams: readonly StateStream[]): number {
  const seen = new Set<string>();
  let bytes = 0;
  const add = (ref: StreamRef): void => {
    if (ref.kind === 'file') {
      const key = `${ref.path}:${ref.start}`;
      if (seen.has(key)) return;
      seen.add(key);
    }
    bytes += ref.size;
  };
  for (const stream of streams) {
    add(stream.ref);
    for (const file of stream.files) add(file.ref);
  }
  return bytes;
}
