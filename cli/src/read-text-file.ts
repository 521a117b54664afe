import { LocalFileSystem } from '@statewright/bytes';
import { usage } from './options.js';

/** No text that a person writes is longer. */
const MOST_BYTES = 64 << 20;

/** The text of a file that an option or argument names; USAGE when there is none or it is no UTF-8. */
export async function readTextFile(option: string, file: string): Promise<string> {
  const fs = new LocalFileSystem();
  const stat = await fs.stat(file);
  if (stat?.kind !== 'file') throw usage(option, `there is no file "${file}"`);
  if (stat.size > MOST_BYTES) {
    throw usage(option, `"${file}" has ${stat.size} bytes where at most ${MOST_BYTES} are expected`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await fs.readRange(file, 0, stat.size));
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw usage(option, `"${file}" is no text: its bytes are no UTF-8`);
  }
}
