import { Worker } from 'node:worker_threads';
import type { ErrorCode, ErrorDetails } from '@statewright/bytes';
import { StatewrightError } from '@statewright/bytes';
import type { Savepoint, State, StateEntry } from '../model.js';
import { type OpenOptions, openSavepoint } from '../open-savepoint.js';
import { type WorkUnit, workUnits } from './work-units.js';

/** What a worker does with the entries it decodes. */
export interface EntryReducer<R> {
  add(batch: readonly StateEntry[]): void;
  /** What it has found; it is sent to the caller as a structured clone. */
  result(): R;
}

/** The module at `reducer`: it is loaded in every worker. */
export interface ReducerModule<R> {
  createReducer(savepoint: Savepoint, data: unknown): EntryReducer<R>;
}

/** How a savepoint is read by several threads. */
export interface ParallelOptions extends Pick<OpenOptions, 'allowOutside' | 'relocate' | 'uidCandidates'> {
  /** URL of a module that exports `createReducer`, see `ReducerModule`. */
  readonly reducer: string;
  /** Is given to `createReducer` as a structured clone. */
  readonly data?: unknown;
  readonly workers: number;
  /** Which states are read; all by default. */
  readonly states?: (state: State) => boolean;
}

/** What a worker is started with. */
export interface WorkerSetup {
  readonly source: string;
  readonly open: Pick<OpenOptions, 'allowOutside' | 'relocate' | 'uidCandidates'>;
  readonly reducer: string;
  readonly data: unknown;
  /** Positions in `savepoint.operators` and in its `states`. */
  readonly states: readonly (readonly [operator: number, state: number])[];
}

/** What a worker says: it wants work, it is done, or it has failed. */
export type WorkerMessage =
  | { readonly type: 'idle' }
  | { readonly type: 'result'; readonly result: unknown }
  | { readonly type: 'failed'; readonly code: ErrorCode; readonly details: ErrorDetails };

/**
 * Decodes states in worker threads: the streams are split by key groups, each worker takes the next piece when it has done
 * one, and folds the entries into a reducer of its own. Gives the workers' results. The machine's own files only.
 */
export async function decodeParallel<R>(source: string, options: ParallelOptions): Promise<R[]> {
  const { allowOutside, relocate, uidCandidates } = options;
  const open = {
    allowOutside: allowOutside === true,
    relocate: relocate === true,
    uidCandidates: uidCandidates ?? [],
  };
  const savepoint = await openSavepoint(source, open);
  const wanted = savepoint.operators
    .flatMap((operator) => operator.states)
    .filter(options.states ?? (() => true));
  const units = workUnits(savepoint, wanted);
  const states = savepoint.operators.flatMap((operator, i) =>
    operator.states.flatMap((state, j) => (wanted.includes(state) ? [[i, j] as const] : [])),
  );
  // All workers must take the same checkpoint, also when a newer one appears meanwhile.
  const setup: WorkerSetup = {
    source: savepoint.location.metadataPath,
    open,
    reducer: options.reducer,
    data: options.data,
    states,
  };
  const queue = units.values();
  const workers = Math.max(1, Math.min(options.workers, units.length));
  const running = Array.from({ length: workers }, () => runWorker<R>(setup, queue));
  try {
    return await Promise.all(running.map((each) => each.result));
  } finally {
    await Promise.all(running.map((each) => each.worker.terminate()));
  }
}

/** One worker that takes units until there are none. */
function runWorker<R>(
  setup: WorkerSetup,
  queue: Iterator<WorkUnit>,
): { readonly worker: Worker; readonly result: Promise<R> } {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: setup });
  const result = new Promise<R>((resolve, reject) => {
    worker.on('error', reject);
    worker.on('exit', (code) => {
      reject(new StatewrightError('INTERNAL', { kind: 'worker', reason: `a worker ended with ${code}` }));
    });
    worker.on('message', (message: WorkerMessage) => {
      if (message.type === 'idle') worker.postMessage(queue.next().value ?? null);
      else if (message.type === 'result') resolve(message.result as R);
      else reject(new StatewrightError(message.code, message.details));
    });
  });
  return { worker, result };
}
