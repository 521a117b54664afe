/*
 * Decodes every entry of every state of a savepoint, keeps none, and prints one line of JSON. The time is that of the
 * work alone: from before the savepoint is opened, with the start of workers, without the start of Node.
 *
 * Usage: decode.mjs SNAPSHOT [--workers N]
 *
 * With workers, each takes its share of the key groups; the first also takes operator state.
 */
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { openSavepoint, readEntries } from '@statewright/savepoint';

const SELF = fileURLToPath(import.meta.url);
const OPERATOR_STATE = new Set(['operator-list', 'union-list', 'broadcast']);

/**
 * Entries: one for each state and key, as an export has lines. Raw entries: each entry of a map counts, as the savepoint
 * stores them.
 */
async function count(snapshot, worker, workers) {
  const savepoint = await openSavepoint(snapshot);
  let entries = 0;
  let rawEntries = 0;
  for (const { states, maxParallelism } of savepoint.operators) {
    const share = (part) => Math.floor((maxParallelism * part) / workers);
    const keyGroups = { start: share(worker), end: share(worker + 1) - 1 };
    const wanted = worker === 0 ? states : states.filter(({ kind }) => !OPERATOR_STATE.has(kind));
    for await (const batch of readEntries(savepoint, wanted, { keyGroups })) {
      entries += batch.length;
      for (const { value, state } of batch) rawEntries += state.kind === 'map' ? value.entries.length : 1;
    }
  }
  return { entries, rawEntries };
}

function inWorker(snapshot, worker, workers) {
  return new Promise((resolve, reject) => {
    const thread = new Worker(SELF, { workerData: { snapshot, worker, workers } });
    thread.on('message', resolve);
    thread.on('error', reject);
  });
}

async function main() {
  const { values, positionals } = parseArgs({
    options: { workers: { type: 'string', default: '1' } },
    allowPositionals: true,
  });
  const [snapshot] = positionals;
  const workers = Number(values.workers);
  const started = process.hrtime.bigint();
  const counts =
    workers === 1
      ? [await count(snapshot, 0, 1)]
      : await Promise.all(Array.from({ length: workers }, (_, i) => inWorker(snapshot, i, workers)));
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const sum = (name) => counts.reduce((total, each) => total + each[name], 0);
  console.log(JSON.stringify({ entries: sum('entries'), rawEntries: sum('rawEntries'), seconds }));
}

if (isMainThread) await main();
else parentPort.postMessage(await count(workerData.snapshot, workerData.worker, workerData.workers));
