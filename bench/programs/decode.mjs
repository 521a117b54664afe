/*
 * Decodes every entry of every state of a savepoint, keeps none, and prints one line of JSON. The time is that of the
 * work alone: from before the savepoint is opened, with the start of workers, without the start of Node.
 *
 * Usage: decode.mjs SNAPSHOT [--workers N]
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { decodeParallel, openSavepoint, readEntries } from '@statewright/savepoint';
import { createReducer } from './counting-reducer.mjs';

/** On this thread. */
async function decode(snapshot) {
  const savepoint = await openSavepoint(snapshot);
  const reducer = createReducer();
  const states = savepoint.operators.flatMap((operator) => operator.states);
  for await (const batch of readEntries(savepoint, states)) reducer.add(batch);
  return [reducer.result()];
}

const { values, positionals } = parseArgs({
  options: { workers: { type: 'string', default: '1' } },
  allowPositionals: true,
});
const [snapshot] = positionals;
const workers = Number(values.workers);
const reducer = new URL('counting-reducer.mjs', import.meta.url).href;

const started = process.hrtime.bigint();
const counts = workers === 1 ? await decode(snapshot) : await decodeParallel(snapshot, { workers, reducer });
const seconds = Number(process.hrtime.bigint() - started) / 1e9;

const sum = (name) => counts.reduce((total, each) => total + each[name], 0);
console.log(JSON.stringify({ entries: sum('entries'), rawEntries: sum('rawEntries'), seconds }));
