import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's root folder. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '');

/** A path as people and tables spell it: relative to the root, with slashes. */
export function fromRoot(file) {
  return path.relative(ROOT, file).split(path.sep).join('/');
}
