import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { StatewrightError } from '@statewright/bytes';
import { readEntries } from '../entries/read-entries.js';
import { openSavepoint } from '../open-savepoint.js';
import type { ReducerModule, WorkerMessage, WorkerSetup } from './decode-parallel.js';
import type { WorkUnit } from './work-units.js';

const port = parentPort!;

function say(message: WorkerMessage): void {
  port.postMessage(message);
}

/** Asks for work until there is none, then sends what the reducer has found. */
async function work(setup: WorkerSetup): Promise<void> {
  const savepoint = await openSavepoint(setup.source, setup.open);
  const { createReducer } = (await import(setup.reducer)) as ReducerModule<unknown>;
  const reducer = createReducer(savepoint, setup.data);
  const states = setup.states.map(([operator, state]) => savepoint.operators[operator]!.states[state]!);
  for (;;) {
    const answer = once(port, 'message');
    say({ type: 'idle' });
    const [unit] = (await answer) as [WorkUnit | null];
    if (unit === null) break;
    const operator = savepoint.operators[unit.operator]!;
    const stream = operator.streams[unit.stream]!;
    const own = states.filter((state) => state.operator === operator);
    const { keyGroups } = unit;
    for await (const batch of readEntries(savepoint, own, { streams: [stream], keyGroups }))
      reducer.add(batch);
  }
  say({ type: 'result', result: reducer.result() });
}

try {
  await work(workerData as WorkerSetup);
} catch (error) {
  if (!(error instanceof StatewrightError)) throw error;
  const { code, span, kind, reason, next } = error;
  say({ type: 'failed', code, details: { span, kind, reason, next } });
}
