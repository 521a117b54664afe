import type { FileWriter } from '@statewright/bytes';
import type { ResolvedPlan } from '../resolve-plan.js';
import type { TaskOutput, TaskResult, WriteTask } from '../write-task.js';
import { layoutOf } from './layout.js';
import { runCopy } from './run-copy.js';
import { runKeyed } from './run-keyed.js';
import { runOperator } from './run-operator.js';
import { runSpill } from './run-spill.js';
import type { StreamWork } from './work.js';

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
  if (work.counted) return runCounted(resolved, task, work.work, output);
  if (work.work.kind === 'operator') return runOperator(resolved, task, work.work, output);
  return runKeyed(resolved, task, work.work, results, output);
}

const NOWHERE: FileWriter = {
  write: () => Promise.resolve(),
  commit: () => Promise.resolve(),
  abort: () => Promise.resolve(),
};

/** Reads a stream of which nothing is left, for the counts alone. */
async function runCounted(
  resolved: ResolvedPlan,
  task: WriteTask,
  work: StreamWork,
  output: TaskOutput,
): Promise<TaskResult> {
  const nowhere: TaskOutput = {
    create: () => Promise.resolve(NOWHERE),
    createScratch: () => Promise.resolve(NOWHERE),
    scratch: output.scratch,
    samples: 0,
    sortBytes: output.sortBytes,
    progress: (bytes) => output.progress(bytes),
  };
  const { tallies } =
    work.kind === 'operator'
      ? await runOperator(resolved, task, work, nowhere)
      : await runKeyed(resolved, task, work, new Map(), nowhere);
  return { id: task.id, files: [], tallies };
}
