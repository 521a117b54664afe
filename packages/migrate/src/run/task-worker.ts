import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { LocalFileSystem } from '@statewright/bytes';
import { asStatewrightError } from '../error-view.js';
import { taskOutput } from './outputs.js';
import { openMigration } from './request.js';
import type { TaskAnswer, TaskQuestion, TaskWorkerSetup } from './worker-runner.js';
import { runTask, writeTasks } from './write/index.js';

/** So many bytes are told at once. */
const TELL_BYTES = 1 << 20;

/** Opens the snapshot, puts the plan on it, and does the tasks that it is asked for. */
function serve(port: MessagePort, setup: TaskWorkerSetup): void {
  const fs = new LocalFileSystem();
  const say = (answer: TaskAnswer): void => port.postMessage(answer);
  let untold = 0;
  const tell = (): void => {
    say({ type: 'progress', bytes: untold });
    untold = 0;
  };
  const progress = (bytes: number): void => {
    untold += bytes;
    if (untold >= TELL_BYTES) tell();
  };
  const opened = openMigration(setup.request, { fs }).then(({ resolved, files }) => ({
    resolved,
    files,
    tasks: writeTasks(resolved),
    output: taskOutput({ ...setup, fs, scratchFs: fs, progress }),
  }));
  // Whoever asks for a task gets the failure.
  opened.catch(() => {});
  const answer = async ({ task: id, results }: TaskQuestion): Promise<void> => {
    try {
      const { resolved, files, tasks, output } = await opened;
      const known = new Map(results.map((result) => [result.id, result]));
      const result = await runTask(resolved, tasks[id]!, known, output);
      tell();
      say({ type: 'result', result: { ...result, sources: files.take() } });
    } catch (cause) {
      const { code, span, at, kind, reason, next } = asStatewrightError(cause);
      say({ type: 'failed', code, details: { span, at, kind, reason, next } });
    }
  };
  port.on('message', (question: TaskQuestion) => void answer(question));
}

serve(parentPort!, workerData as TaskWorkerSetup);
