import assert from 'node:assert/strict';
import process from 'node:process';
import { after } from 'node:test';
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

/** What a worker is asked for, and what it answers. */
export interface Work {
  readonly name: string;
  readonly input: unknown;
}

export type Outcome = { readonly result: unknown } | { readonly error: string };

/** Tells the guard that a case begins. */
export function beginCase({ count, label }: Progress, name: string): void {
  const { written } = new TextEncoder().encodeInto(name, label);
  label.fill(0, written);
  Atomics.add(count, 0, 1);
}

/** A worker that runs the functions of `cases.js`, and the place where it says which case it is at. */
class Guarded {
  readonly progress: Progress = {
    count: new Int32Array(new SharedArrayBuffer(4)),
    label: new Uint8Array(new SharedArrayBuffer(LABEL_BYTES)),
  };
  readonly worker = new Worker(new URL('./cases.js', import.meta.url), {
    workerData: this.progress,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
  });

  /** What came of it, and by how much the process grew meanwhile. */
  async run(work: Work, caseMillis: number): Promise<{ outcome: Outcome; growth: number }> {
    const before = process.memoryUsage.rss();
    let [seen, since, growth] = [-1, Date.now(), 0];
    const watch = setInterval(() => {
      growth = Math.max(growth, process.memoryUsage.rss() - before);
      const now = Atomics.load(this.progress.count, 0);
      if (now !== seen) [seen, since] = [now, Date.now()];
      else if (Date.now() - since > caseMillis) void this.worker.terminate();
    }, 50);
    try {
      return { outcome: await this.answer(work), growth };
    } finally {
      clearInterval(watch);
    }
  }

  private answer(work: Work): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const { worker } = this;
      const fail = (error: unknown) => reject(new Error(`${this.place}: ${String(error)}`));
      worker.removeAllListeners().once('message', resolve).once('error', fail);
      worker.once('exit', (code) => fail(`the worker ended with ${code}, it hung`));
      worker.postMessage(work);
    });
  }

  get place(): string {
    const { count, label } = this.progress;
    return `case ${count[0]}, ${Buffer.from(label).toString().replace(/\0+$/, '')}`;
  }
}

let current: Guarded | undefined;

after(() => current?.worker.terminate());

/**
 * Runs one function of `cases.js` in a worker and gives its result. Fails when a case hangs, and when the process grows
 * by more than 200 MB meanwhile; names the case it was at.
 */
export async function guarded<T>(name: string, input: unknown, caseMillis = CASE_MILLIS): Promise<T> {
  current ??= new Guarded();
  const at = current;
  try {
    const { outcome, growth } = await at.run({ name, input }, caseMillis);
    if ('error' in outcome) throw new Error(`${at.place}: ${outcome.error}`);
    assert.ok(growth < MEMORY_BYTES, `${name} took ${Math.round(growth / 2 ** 20)} MB`);
    return outcome.result as T;
  } catch (error) {
    current = undefined;
    await at.worker.terminate();
    throw error;
  }
}
