/*
 * Counts the raw entries of a savepoint and their bytes without decoding any, and prints one line of JSON. The time is
 * that of the work alone, without the start of Node. Usage: scan.mjs SNAPSHOT
 */
import process from 'node:process';
import { openSavepoint, skipScan } from '@statewright/savepoint';

const started = process.hrtime.bigint();
const savepoint = await openSavepoint(process.argv[2]);
let rawEntries = 0;
for await (const { states } of skipScan(savepoint)) {
  for (const { counts } of states) rawEntries += counts.entries.reduce((sum, entries) => sum + entries, 0);
}
const seconds = Number(process.hrtime.bigint() - started) / 1e9;
console.log(JSON.stringify({ rawEntries, seconds }));
