import {
  hasTtl,
  type Operator,
  type Savepoint,
  type State,
  type StateStream,
  type StreamState,
} from '@statewright/savepoint';
import type { PlannedJob, PlannedOperator, PlannedState } from '../job/planned-job.js';

/**
 * The snapshot as it will be opened, without any entries: what a check of its types looks at. Streams are those of the source, so
 * that what they tell of the backend stays.
 */
export function plannedSavepoint({ savepoint, operators }: PlannedJob): Savepoint {
  const { metadata } = savepoint;
  const [first] = metadata.operatorStates;
  // An operator is found in the metadata by its id, also one that will have another.
  const operatorStates = operators.flatMap(({ id, source }) => {
    const old = metadata.operatorStates.find(({ operatorId }) => operatorId === source?.id) ?? first;
    return old === undefined ? [] : [{ ...old, operatorId: id }];
  });
  return { ...savepoint, metadata: { ...metadata, operatorStates }, operators: operators.map(operatorOf) };
}

function operatorOf(planned: PlannedOperator): Operator {
  const { source, id, uid, name, parallelism, maxParallelism } = planned;
  const states: State[] = [];
  const operator: Operator = {
    id,
    uid,
    name,
    parallelism,
    maxParallelism,
    uidFrom: uid === undefined ? undefined : 'metadata',
    fullyFinished: source?.fullyFinished ?? false,
    finishedSubtasks: source?.finishedSubtasks ?? 0,
    states,
    streams: source?.streams ?? [],
    coordinatorState: source?.coordinatorState,
    channelState: source?.channelState ?? { handles: 0, bytes: 0 },
    stateBytes: source?.stateBytes ?? 0,
  };
  states.push(...planned.states.map((state) => stateOf(operator, state)));
  return operator;
}

function stateOf(operator: Operator, planned: PlannedState): State {
  const { name, kind, keySerializer, namespaceSerializer, valueSerializer } = planned;
  const types = { name, kind, keySerializer, namespaceSerializer, valueSerializer };
  const from = planned.feeds.find((feed) => feed.type === 'state')?.from;
  const ttl = hasTtl(planned);
  const place = from?.parts[0]?.stream.states[from.parts[0].stateId];
  const span = place?.span ?? valueSerializer.span;
  const as: StreamState = {
    ...types,
    stateV2: planned.stateV2,
    userKeySerializer: planned.userKeySerializer,
    ttl,
    offsets: [],
    span,
    nameSpan: place?.nameSpan ?? span,
  };
  const stream = from?.parts[0]?.stream ?? noStream(name);
  return { operator, ...types, ttl, parts: [{ stream: { ...stream, states: [as] }, stateId: 0 }] };
}

/** Stands for the streams of a state that the snapshot does not have. */
function noStream(name: string): StateStream {
  const span = { file: `planned state ${JSON.stringify(name)}`, start: 0, end: 0 };
  return {
    subtask: 0,
    handle: {
      type: 'key-groups',
      tag: 3,
      span,
      startKeyGroup: 0,
      offsets: [],
      delegate: undefined,
      stateHandleId: undefined,
    },
    format: 'canonical',
    ref: { kind: 'empty', size: 0 },
    compressed: false,
    keyGroups: undefined,
    keyGroupOffsets: [],
    states: [],
    headerLength: 0,
    files: [],
    problem: undefined,
  };
}
