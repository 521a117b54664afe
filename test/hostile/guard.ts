import assert from 'node:assert/strict';
import process from 'node:process';
import { Worker } from 'node:worker_threads';

/** A single case may take this long before it counts as hanging. The slowest takes a fraction of a second. */
const CASE_MILLIS = 20_000;
/** Memory that a whole run of many cases may take beyond what the process had before. */
const MEMORY_BYTES = 200 * 1024 * 1024;
/** The heap alone, so that garbage is collected early instead of being left until there is much of it. */
const HEAP_MEGABYTES = 128;

const LABEL_BYTES = 512;

/** What a worker gets beside its input: where it says which case it is at. */
export interface Progress {
  readonly count: Int32Array;
  readonly label: Uint8Array;
}

/** Tells the guard that a case begins. */
export function beginCase({ count, label }: Progress, name: string): void {
  const { written } = new TextEncoder().encodeInto(name, label);
  label.fill(0, written);
  Atomics.add(count, 0, 1);
}

/**
 * Runs one function of `cases.js` in a worker and gives its result. Fails when a case hangs, and when the process grows
 * by more than 200 MB meanwhile; names the case it was at.
 */
export async function guarded<T>(name: string, input: unknown): Promise<T> {
  const count = new Int32Array(new SharedArrayBuffer(4));
  const label = new Uint8Array(new SharedArrayBuffer(LABEL_BYTES));
  const before = process.memoryUsage.rss();
  const worker = new Worker(new URL('./cases.js', import.meta.url), {
    workerData: { name, input, progress: { count, label } },
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
  });
  const at = () => `case ${count[0]}, ${Buffer.from(label).toString().replace(/\0+$/, '')}`;
  let seen = -1;
  let since = Date.now();
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss() - before);
    const now = Atomics.load(count, 0);
    if (now !== seen) [seen, since] = [now, Date.now()];
    else if (Date.now() - since > CASE_MILLIS) void worker.terminate();
  }, 50);
  try {
    const result = await outcome<T>(worker, at);
    assert.ok(peak < MEMORY_BYTES, `${name} took ${Math.round(peak / 2 ** 20)} MB`);
    return result;
  } finally {
    clearInterval(watch);
    await worker.terminate();
  }
}

function outcome<T>(worker: Worker, at: () => string): Promise<T> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', (error) => reject(new Error(`${at()}: ${error.stack ?? error.message}`)));
    worker.once('exit', (code) => reject(new Error(`${at()}: the worker ended with ${code}, it hung`)));
  });
}
