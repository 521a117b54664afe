import type { ResolvedPlan } from './resolve-plan.js';
import type { TaskRunner } from './run-tasks.js';
import { runTask } from './write/index.js';
import type { TaskOutput } from './write-task.js';

/** Tasks at the same time on one thread: while one waits for the disk, another goes on. */
const WIDTH = 4;

/** Does tasks on the calling thread. */
export function inlineRunner(resolved: ResolvedPlan, output: TaskOutput): TaskRunner {
  return {
    width: WIDTH,
    run: (task, results) => runTask(resolved, task, results, output),
    close: async () => {},
  };
}
