import type { DataInputView } from '@statewright/bytes';
import type { OperatorSubtaskState } from './model.js';

/** `KeyGroupRangeAssignment.UPPER_BOUND_MAX_PARALLELISM`. */
const UPPER_BOUND = 32768;

/** How many subtasks an operator has, and may have. */
export interface Parallelism {
  readonly parallelism: number;
  readonly maxParallelism: number;
}

/**
 *   i32  parallelism, 1 to maxParallelism
 *   i32  maxParallelism, up to 32768
 *
 * Follows the constructor of `OperatorState` (Flink 2.3), which refuses the same.
 */
export function readParallelism(input: DataInputView): Parallelism {
  const parallelism = input.readInt('parallelism');
  const maxParallelism = input.readInt('max parallelism');
  if (parallelism >= 1 && parallelism <= maxParallelism && maxParallelism <= UPPER_BOUND) {
    return { parallelism, maxParallelism };
  }
  input.pos -= 8;
  const reason = `parallelism ${parallelism} of at most ${maxParallelism} is not between 1 and ${UPPER_BOUND}`;
  throw input.error('BAD_VALUE', 'parallelism', reason, 8);
}

/**
 * Reads `count` subtask states. Each belongs to a subtask of its own, as `OperatorState#putState` (Flink 2.3) has it.
 */
export function readSubtaskStates(
  input: DataInputView,
  count: number,
  { parallelism }: Parallelism,
  read: (input: DataInputView) => OperatorSubtaskState,
): OperatorSubtaskState[] {
  const states: OperatorSubtaskState[] = [];
  const seen = new Set<number>();
  for (let i = 0; i < count; i++) {
    const at = input.pos;
    const state = read(input);
    const { subtaskIndex } = state;
    if (subtaskIndex < 0 || subtaskIndex >= parallelism || seen.has(subtaskIndex)) {
      input.pos = at;
      const reason = `subtask ${subtaskIndex} is found twice, or not among the ${parallelism} subtasks of the operator`;
      throw input.error('BAD_VALUE', 'subtask index', reason, 4);
    }
    seen.add(subtaskIndex);
    states.push(state);
  }
  return states;
}
