import { StatewrightError } from '@statewright/bytes';
import { stopped } from './progress.js';
import type { TaskResult, WriteTask } from './write-task.js';

/** Does tasks, here or in another thread. */
export interface TaskRunner {
  /** How many tasks it does at the same time. */
  readonly width: number;
  run(task: WriteTask, results: ReadonlyMap<number, TaskResult>): Promise<TaskResult>;
  /** Ends it; tasks under way end with STOPPED. */
  close(): Promise<void>;
}

/** What a run of tasks is told beside the tasks. */
export interface RunTasksOptions {
  /** Results of tasks that need not be done again. */
  readonly done?: ReadonlyMap<number, TaskResult> | undefined;
  /** Is told each result; the next task is handed out when it has ended. */
  readonly finished?: ((result: TaskResult, task: WriteTask) => Promise<void> | void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs tasks, each after those whose results it needs, the largest first. Gives all results by task. The first failure ends it,
 * once the tasks under way have ended; what comes of the tasks does not hang on the order in which they are done.
 */
export async function runTasks(
  tasks: readonly WriteTask[],
  runner: TaskRunner,
  options: RunTasksOptions = {},
): Promise<ReadonlyMap<number, TaskResult>> {
  const results = new Map(options.done);
  const waiting = tasks.filter(({ id }) => !results.has(id)).sort((a, b) => b.bytes - a.bytes || a.id - b.id);
  const running = new Set<Promise<void>>();
  let failure: { readonly cause: unknown } | undefined;
  const start = async (task: WriteTask): Promise<void> => {
    try {
      const result = await runner.run(task, resultsFor(task, results));
      results.set(task.id, result);
      await options.finished?.(result, task);
    } catch (cause) {
      failure ??= { cause };
    }
  };
  const stop = (): void => {
    failure ??= { cause: stopped() };
    // Tasks of other threads end at once, those of this one with what they write next.
    runner.close().catch(() => {});
  };
  options.signal?.addEventListener('abort', stop);
  if (options.signal?.aborted === true) stop();
  while (failure === undefined && (waiting.length > 0 || running.size > 0)) {
    const at = waiting.findIndex(({ after }) => after.every((id) => results.has(id)));
    if (at >= 0 && running.size < runner.width) {
      const [task] = waiting.splice(at, 1);
      const ended: Promise<void> = start(task!).finally(() => running.delete(ended));
      running.add(ended);
    } else if (running.size > 0) {
      await Promise.race(running);
    } else {
      const reason = `task ${waiting[0]!.id} waits for results that no task gives`;
      failure = { cause: new StatewrightError('INTERNAL', { kind: 'task', reason }) };
    }
  }
  await Promise.all(running);
  options.signal?.removeEventListener('abort', stop);
  if (failure !== undefined) throw failure.cause;
  return results;
}

/** The results that a task may look at. */
function resultsFor(
  { after }: WriteTask,
  results: ReadonlyMap<number, TaskResult>,
): ReadonlyMap<number, TaskResult> {
  return new Map(after.map((id) => [id, results.get(id)!]));
}
