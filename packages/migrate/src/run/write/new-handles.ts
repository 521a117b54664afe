import type { Span } from '@statewright/bytes';
import type { KeyedStateHandle, OperatorStateHandle, StreamStateHandle } from '@statewright/savepoint';
import type { PlannedState } from '../../job/planned-job.js';
import type { TaskResult } from '../write-task.js';
import { statesByIdIn } from './operator-shape.js';
import { keyGroupsOf } from './run-keyed.js';
import { headerOf } from './run-operator.js';
import type { StreamWork } from './work.js';

const NOWHERE: Span = { file: '', start: 0, end: 0 };

/** Type bytes: `SAVEPOINT_KEY_GROUPS_HANDLE` and `PARTITIONABLE_OPERATOR_STATE_HANDLE` of `MetadataV2V3SerializerBase`. */
const SAVEPOINT_KEY_GROUPS = 7;
const PARTITIONABLE = 4;

/** The handle of a keyed stream that was written. */
export function keyedHandle(
  work: StreamWork,
  { offsets }: TaskResult,
  delegate: StreamStateHandle,
): KeyedStateHandle {
  const old = work.template?.handle;
  // What is sorted is canonical, so that a native stream's handle, by whose type Flink tells them apart, is no model for it.
  const like = old?.type === 'key-groups' && work.mode !== 'sorted' ? old : undefined;
  if (work.mode === 'in-place') return { ...like!, offsets: offsets!, delegate };
  return {
    type: 'key-groups',
    span: NOWHERE,
    tag: like?.tag ?? SAVEPOINT_KEY_GROUPS,
    startKeyGroup: keyGroupsOf(work).start,
    offsets: offsets!,
    delegate,
    stateHandleId: like?.stateHandleId === undefined ? undefined : work.name,
  };
}

/** `OperatorStateHandle.Mode`, by its ordinal. */
const MODES: { readonly [kind: string]: 0 | 1 | 2 } = { 'operator-list': 0, 'union-list': 1, broadcast: 2 };

/** The handle of an operator state stream that was written; its states stand in the order of the old one. */
export function operatorHandle(
  work: StreamWork,
  { elementOffsets }: TaskResult,
  delegate: StreamStateHandle,
): OperatorStateHandle {
  const { ids } = headerOf(work);
  const order = inHandleOrder(work, [...ids.keys()]);
  const states = order.map((state) => ({
    name: state.name,
    mode: MODES[state.kind]!,
    offsets: elementOffsets![String(ids.get(state)!)]!,
  }));
  return {
    type: 'operator-state',
    span: NOWHERE,
    tag: PARTITIONABLE,
    states,
    directories: undefined,
    delegate,
  };
}

function inHandleOrder(
  { mode, template, operator }: StreamWork,
  states: readonly PlannedState[],
): readonly PlannedState[] {
  const handle = template?.handle;
  if (mode !== 'in-place' || template === undefined || handle?.type !== 'operator-state') return states;
  const byId = statesByIdIn(operator, template);
  const placeOf = (state: PlannedState): number => {
    const name = template.states[byId.indexOf(state)]?.name;
    const at = handle.states.findIndex((each) => each.name === name);
    return at < 0 ? handle.states.length : at;
  };
  return [...states].sort((a, b) => placeOf(a) - placeOf(b));
}
