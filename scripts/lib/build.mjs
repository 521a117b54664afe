import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { ROOT } from './paths.mjs';

/** Compiles everything with `tsc -b`; true when it compiled without an error. */
export function build() {
  const compiler = path.join(ROOT, 'node_modules/typescript/bin/tsc');
  const result = spawnSync(process.execPath, [compiler, '-b'], { cwd: ROOT, stdio: 'inherit' });
  return result.status === 0;
}
