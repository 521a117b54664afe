import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import * as bombs from './bombs.js';
import type { Outcome, Progress, Work } from './guard.js';
import * as misbehaviour from './misbehaviour.js';
import * as mutations from './mutations.js';
import * as properties from './properties.js';
import * as serializers from './serializer-mutations.js';

/*
 * The worker's side of `guard.ts`: runs one of the functions below for each message and sends back what it gives.
 */

const CASES = { ...bombs, ...misbehaviour, ...mutations, ...properties, ...serializers } as unknown as {
  readonly [name: string]: (input: unknown, progress: Progress) => Promise<unknown>;
};

async function outcomeOf({ name, input }: Work): Promise<Outcome> {
  try {
    return { result: await CASES[name]!(input, workerData as Progress) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

if (!isMainThread) {
  parentPort!.on('message', async (work: Work) => parentPort!.postMessage(await outcomeOf(work)));
}
