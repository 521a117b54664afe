import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import * as bombs from './bombs.js';
import type { Progress } from './guard.js';
import * as mutations from './mutations.js';
import * as serializers from './serializer-mutations.js';

/*
 * The worker's side of `guard.ts`: runs one of the functions below and sends back what it gives.
 */

const CASES = { ...bombs, ...mutations, ...serializers } as unknown as {
  readonly [name: string]: (input: unknown, progress: Progress) => Promise<unknown>;
};

interface Work {
  readonly name: string;
  readonly input: unknown;
  readonly progress: Progress;
}

if (!isMainThread) {
  const { name, input, progress } = workerData as Work;
  parentPort!.postMessage(await CASES[name]!(input, progress));
}
