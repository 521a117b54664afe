import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { ROOT } from './paths.mjs';

/** Does what `npm run build` does: compiles everything and bundles the program; true when both went well. */
export function build() {
  const compiler = path.join(ROOT, 'node_modules/typescript/bin/tsc');
  return run([compiler, '-b']) && run([path.join(ROOT, 'scripts/bundle.mjs')]);
}

function run(args) {
  return spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' }).status === 0;
}
