import { Worker } from 'node:worker_threads';
import { type ErrorCode, type ErrorDetails, StatewrightError } from '@statewright/bytes';
import { stopped } from './progress.js';
import type { MigrationRequest } from './request.js';
import type { TaskRunner } from './run-tasks.js';
import type { TaskResult, WriteTask } from './write-task.js';

/** What a worker is started with. */
export interface TaskWorkerSetup {
  readonly request: MigrationRequest;
  readonly directory: string | undefined;
  readonly scratch: string;
  readonly samples: number;
  readonly sortBytes: number;
}

/** What a worker is asked for. */
export interface TaskQuestion {
  readonly task: number;
  readonly results: readonly TaskResult[];
}

/** What a worker says. */
export type TaskAnswer =
  | { readonly type: 'progress'; readonly bytes: number }
  | { readonly type: 'result'; readonly result: TaskResult }
  | { readonly type: 'failed'; readonly code: ErrorCode; readonly details: ErrorDetails };

/**
 * Does tasks in worker threads, each of which opens the snapshot and puts the plan on it for itself. The machine's own files
 * only.
 */
export function workerRunner(
  count: number,
  setup: TaskWorkerSetup,
  progress: (bytes: number) => void,
): TaskRunner {
  const idle: TaskThread[] = [];
  const all: TaskThread[] = [];
  return {
    width: count,
    async run(task, results) {
      const thread = idle.pop() ?? new TaskThread(setup, progress);
      if (!all.includes(thread)) all.push(thread);
      const result = await thread.run(task, [...results.values()]);
      idle.push(thread);
      return result;
    },
    async close() {
      await Promise.all(all.map((thread) => thread.end()));
    },
  };
}

/** One worker, which does one task at a time. */
class TaskThread {
  private readonly worker: Worker;
  private pending: { resolve(result: TaskResult): void; reject(cause: unknown): void } | undefined;
  private dead: unknown;

  constructor(setup: TaskWorkerSetup, progress: (bytes: number) => void) {
    this.worker = new Worker(new URL('./task-worker.js', import.meta.url), { workerData: setup });
    this.worker.on('error', (cause) => this.fail(cause));
    this.worker.on('exit', () => this.fail(stopped()));
    this.worker.on('message', (answer: TaskAnswer) => {
      if (answer.type === 'progress') progress(answer.bytes);
      else if (answer.type === 'result') this.settle()?.resolve(answer.result);
      else this.settle()?.reject(new StatewrightError(answer.code, answer.details));
    });
  }

  run(task: WriteTask, results: readonly TaskResult[]): Promise<TaskResult> {
    if (this.dead !== undefined) return Promise.reject(this.dead);
    return new Promise((resolve, reject) => {
      this.pending = { resolve, reject };
      this.worker.postMessage({ task: task.id, results } satisfies TaskQuestion);
    });
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }

  private fail(cause: unknown): void {
    this.dead ??= cause;
    this.settle()?.reject(this.dead);
  }

  private settle(): TaskThread['pending'] {
    const { pending } = this;
    this.pending = undefined;
    return pending;
  }
}
