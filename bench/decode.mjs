/*
 * Decodes every entry of every state of a savepoint and prints one line of JSON. Usage: decode.mjs SNAPSHOT [FIRST LAST],
 * where FIRST and LAST limit it to a range of key groups. Time starts when the savepoint is opened.
 */
import process from 'node:process';
import { openSavepoint, readEntries } from '@statewright/savepoint';

const [snapshot, first, last] = process.argv.slice(2);
const keyGroups = first === undefined ? undefined : { start: Number(first), end: Number(last) };

const started = process.hrtime.bigint();
const savepoint = await openSavepoint(snapshot);
const states = savepoint.operators.flatMap((operator) => operator.states);
let entries = 0;
let bytes = 0;
for await (const batch of readEntries(savepoint, states, { keyGroups })) {
  entries += batch.length;
  for (const entry of batch) bytes += entry.keyBytes + entry.valueBytes;
}
const seconds = Number(process.hrtime.bigint() - started) / 1e9;
console.log(JSON.stringify({ entries, bytes, seconds }));
