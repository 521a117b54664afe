import type { OpenMigration } from './request.js';
import type { TaskRunner } from './run-tasks.js';
import { runTask } from './write/index.js';
import type { TaskOutput } from './write-task.js';

/** Tasks at the same time on one thread: while one waits for the disk, another goes on. */
const WIDTH = 4;

/** Does tasks on the calling thread. */
export function inlineRunner({ resolved, files }: OpenMigration, output: TaskOutput): TaskRunner {
  return {
    width: WIDTH,
    async run(task, results) {
      const result = await runTask(resolved, task, results, output);
      return { ...result, sources: files.take() };
    },
    close: async () => {},
  };
}
