import type { ResolvedPlan } from '../resolve-plan.js';
import type { TaskOutput, TaskResult, WriteTask } from '../write-task.js';
import { layoutOf } from './layout.js';
import { runCopy } from './run-copy.js';
import { runKeyed } from './run-keyed.js';
import { runOperator } from './run-operator.js';
import { runSpill } from './run-spill.js';

/**
 * Does one task of `writeTasks`. Entries that cannot get their new form are counted as failed, told in the tallies and left
 * out; everything else that goes wrong is thrown.
 */
export function runTask(
  resolved: ResolvedPlan,
  task: WriteTask,
  results: ReadonlyMap<number, TaskResult>,
  output: TaskOutput,
): Promise<TaskResult> {
  const { work } = layoutOf(resolved).tasks[task.id]!;
  if (work.type === 'copy') return runCopy(resolved, task, work.copy, output);
  if (work.type === 'spill') return runSpill(resolved, task, work.work, output);
  if (work.work.kind === 'operator') return runOperator(resolved, task, work.work, output);
  return runKeyed(resolved, task, work.work, results, output);
}
