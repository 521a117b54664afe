import type { Operator, Savepoint, State, StateStream, StreamRef } from '@statewright/savepoint';
import { type Describe, namespaceOf } from './describe.js';
import { addressOf } from './names.js';
import { opaqueParts } from './opaque-parts.js';
import { backendsOf, summarize } from './summary.js';
import { typeText } from './type-text.js';
import type { InspectView, OperatorView, StateView, StreamView } from './views.js';

/** The whole snapshot as a tree: operators, their states and streams. Reads nothing that is not open already. */
export function inspectView(savepoint: Savepoint, path: string, describe: Describe): InspectView {
  return {
    schemaVersion: 1,
    view: 'inspect',
    snapshot: summarize(savepoint, path),
    operators: savepoint.operators.map((operator) => operatorView(operator, describe)),
  };
}

function operatorView(operator: Operator, describe: Describe): OperatorView {
  const { coordinatorState } = operator;
  return {
    id: operator.id,
    uid: operator.uid ?? null,
    uidFrom: operator.uidFrom ?? null,
    name: operator.name ?? null,
    parallelism: operator.parallelism,
    maxParallelism: operator.maxParallelism,
    fullyFinished: operator.fullyFinished,
    finishedSubtasks: operator.finishedSubtasks,
    stateBytes: operator.stateBytes,
    backends: backendsOf([operator]),
    coordinatorStateBytes:
      coordinatorState === undefined ? null : coordinatorState.end - coordinatorState.start,
    channelState: { handles: operator.channelState.handles, bytes: operator.channelState.bytes },
    states: operator.states.map((state) => stateView(state, describe)),
    streams: operator.streams.map(streamView),
  };
}

function stateView(state: State, describe: Describe): StateView {
  const { keySerializer } = state;
  const key = keySerializer === undefined ? undefined : describe(keySerializer);
  const namespace = namespaceOf(state, describe);
  const value = describe(state.valueSerializer);
  return {
    name: state.name,
    kind: state.kind,
    address: addressOf(state),
    key: key === undefined ? null : typeText(key),
    namespace: namespace === undefined ? null : typeText(namespace),
    value: typeText(value),
    brief: typeText(value, 0),
    ttl: state.ttl,
    subtasks: new Set(state.parts.map(({ stream }) => stream.subtask)).size,
    opaque: [...(key === undefined ? [] : opaqueParts(key, 'key')), ...opaqueParts(value, 'value')],
  };
}

function streamView(stream: StateStream): StreamView {
  const { keyGroups, ref } = stream;
  return {
    subtask: stream.subtask,
    format: stream.format,
    compressed: stream.compressed,
    keyGroups: keyGroups === undefined ? null : [keyGroups.start, keyGroups.end],
    file: ref.kind === 'file' ? ref.stored : null,
    start: startOf(ref),
    bytes: ref.size,
    states: stream.states.map(({ name }) => name),
    files: stream.files.map(({ name, ref: file, shared }) => ({ name, bytes: file.size, shared })),
    problem: stream.problem ?? null,
  };
}

function startOf(ref: StreamRef): number {
  if (ref.kind === 'file') return ref.start;
  return ref.kind === 'inline' ? ref.span.start : 0;
}
