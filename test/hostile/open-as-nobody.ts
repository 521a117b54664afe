import { chmodSync } from 'node:fs';
import process from 'node:process';
import { StatewrightError } from '@statewright/bytes';
import { openSavepoint } from '@statewright/savepoint';

/*
 * A process of its own: takes every permission from a snapshot's folder, gives up those of root if it has them, and
 * prints the code of the error that opening gives.
 */

const NOBODY = 65_534;
const [directory] = process.argv.slice(2);
chmodSync(directory!, 0);
const root = process.geteuid!() === 0;
if (root) process.seteuid!(NOBODY);
try {
  await openSavepoint(directory!);
  console.log('opened');
} catch (error) {
  console.log(error instanceof StatewrightError ? error.code : String(error));
}
if (root) process.seteuid!(0);
chmodSync(directory!, 0o700);
