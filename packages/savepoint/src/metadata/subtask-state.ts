import type { DataInputView, DataOutputView } from '@statewright/bytes';
import { type HandleOutput, readKeyedHandle, readOperatorHandle } from '../handles/index.js';
import type { OperatorStateHandle } from '../handles/model.js';
import type { OperatorSubtaskState } from './model.js';

/** The four handles that a subtask has in every version. */
export type SubtaskHandles = Pick<
  OperatorSubtaskState,
  'managedOperatorState' | 'rawOperatorState' | 'managedKeyedState' | 'rawKeyedState'
>;

/**
 *   i32     0 or 1; if 1: handle, managed operator state
 *   i32     0 or 1; if 1: handle, raw operator state
 *   handle  managed keyed state, type byte 0 for none
 *   handle  raw keyed state, type byte 0 for none
 *
 * Follows `MetadataV2V3SerializerBase#deserializeSubtaskState` (Flink 2.3).
 */
export function readSubtaskHandles(input: DataInputView): SubtaskHandles {
  return {
    managedOperatorState: readSingleton(input),
    rawOperatorState: readSingleton(input),
    managedKeyedState: readKeyedHandle(input),
    rawKeyedState: readKeyedHandle(input),
  };
}

function readSingleton(input: DataInputView): OperatorStateHandle | undefined {
  const kind = 'operator state handle';
  const present = input.readInt(kind);
  if (present === 0) return undefined;
  const handle = present === 1 ? readOperatorHandle(input) : undefined;
  if (handle !== undefined) return handle;
  const reason = present === 1 ? 'it is announced but its type byte is 0' : `${present} is neither 0 nor 1`;
  throw input.error('BAD_VALUE', kind, reason);
}

export function writeSubtaskHandles(
  output: DataOutputView,
  state: SubtaskHandles,
  handles: HandleOutput,
): void {
  for (const each of [state.managedOperatorState, state.rawOperatorState]) {
    output.writeInt(each === undefined ? 0 : 1);
    if (each !== undefined) handles.writeOperator(output, each);
  }
  handles.writeKeyed(output, state.managedKeyedState);
  handles.writeKeyed(output, state.rawKeyedState);
}
