import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { FileSystem } from '@statewright/bytes';
import type { Scratch } from '@statewright/inspect';

/** Bytes of rows that the sort of each state keeps in memory. */
const BUDGET = 64 << 20;
/** What a shell expects of a program that a signal ended: 128 and the signal's number. */
const SIGNALS: readonly (readonly [NodeJS.Signals, number])[] = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
];

/** Runs `work` with room for temporary files, which are gone afterwards, also after Ctrl-C. */
export async function withScratch<T>(fs: FileSystem, work: (scratch: Scratch) => Promise<T>): Promise<T> {
  const directory = join(tmpdir(), `statewright-${randomBytes(8).toString('hex')}`);
  const remove = () => rmSync(directory, { recursive: true, force: true });
  const handlers = SIGNALS.map(([signal, code]) => [signal, () => process.exit(code)] as const);
  process.once('exit', remove);
  for (const [signal, stop] of handlers) process.once(signal, stop);
  try {
    return await work({ fs, directory, budget: BUDGET });
  } finally {
    process.off('exit', remove);
    for (const [signal, stop] of handlers) process.off(signal, stop);
    remove();
  }
}
