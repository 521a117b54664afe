import type { Span } from '@statewright/bytes';
import type { Operator, Savepoint, State, StateStream } from '@statewright/savepoint';
import type { HiddenStates, JobSchema, OperatorSchema, SourcePlace, StateDeclaration } from './job-schema.js';

/**
 * The states of a snapshot, operator by operator, in the snapshot's order; `path` as the caller named the snapshot. Places
 * are byte ranges. Where the subtasks describe a state differently, the first that has it counts, as in `openSavepoint`.
 */
export function jobSchemaOf(savepoint: Savepoint, path = savepoint.location.metadataPath): JobSchema {
  const spans = new Map(savepoint.metadata.operatorStates.map(({ operatorId, span }) => [operatorId, span]));
  return {
    source: { kind: 'snapshot', path, flinkVersions: savepoint.flinkVersions },
    operators: savepoint.operators.map((operator) => operatorSchema(operator, spans.get(operator.id))),
  };
}

function operatorSchema(operator: Operator, span: Span | undefined): OperatorSchema {
  const { id, uid, name, parallelism, maxParallelism } = operator;
  return {
    id,
    uid,
    name,
    parallelism,
    maxParallelism,
    states: operator.states.map(stateDeclaration),
    hasOtherState: hasOtherState(operator),
    hidden: operator.streams.flatMap(hiddenStates),
    ignores: [],
    place: span === undefined ? { file: '' } : placeOf(span),
  };
}

/** What `OperatorState` counts as state beside the states that a header describes. */
function hasOtherState(operator: Operator): boolean {
  return (
    operator.coordinatorState !== undefined ||
    operator.channelState.handles > 0 ||
    operator.streams.some(isUndescribed)
  );
}

/** Raw state of the operator's own, or a header that could not be read to its end. Empty handles hold nothing. */
function isUndescribed(stream: StateStream): boolean {
  if (stream.problem !== undefined) return true;
  if (stream.declaredStates !== undefined && stream.declaredStates > stream.states.length) return true;
  const raw = stream.format === 'raw-keyed' || stream.format === 'raw-operator' || stream.format === 'legacy';
  return raw && stream.states.length === 0 && stream.ref.size > 0;
}

/** A serializer that cannot be read has no length, so that nothing tells what stands behind it in the header. */
function hiddenStates({ problem, declaredStates, states, ref }: StateStream): HiddenStates[] {
  if (problem === undefined || declaredStates === states.length) return [];
  const count = declaredStates === undefined ? undefined : declaredStates - states.length;
  const place =
    ref.kind === 'file' ? { file: ref.path, start: ref.start, end: ref.start + ref.size } : undefined;
  return [{ count, why: whyIn(states.at(-1)) ?? problem, place: place ?? { file: '' } }];
}

/** Why a serializer of a state could not be read, without its place. */
function whyIn(last: StateStream['states'][number] | undefined): string | undefined {
  const all = [last?.valueSerializer, last?.namespaceSerializer, last?.userKeySerializer];
  const failed = all.find((one) => one !== undefined && 'unreadable' in one);
  return failed === undefined || !('unreadable' in failed) ? undefined : String(failed.unreadable);
}

function stateDeclaration(state: State): StateDeclaration {
  const part = state.parts[0];
  const described = part?.stream.states[part.stateId];
  return {
    name: state.name,
    kind: state.kind,
    ttl: state.ttl,
    ttlMillis: undefined,
    key: state.keySerializer,
    namespace: state.namespaceSerializer,
    value: state.valueSerializer,
    stateV2: described?.stateV2 === true,
    userKey: described?.userKeySerializer,
    ignores: [],
    place: placeOf(described?.span ?? state.valueSerializer.span),
  };
}

function placeOf({ file, start, end }: Span): SourcePlace {
  return { file, start, end };
}
