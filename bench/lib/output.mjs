import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { CACHE } from './savepoint.mjs';

/** Where a case writes its output. */
export function outputOf(name, quick) {
  return path.join(CACHE, quick ? `${name}-quick` : name);
}

/** Before each run the output of the one before is gone, and nothing is left to be written for anybody. */
export function fresh(target, quick, run) {
  return () => {
    remove(target);
    if (!quick) execFileSync('sync');
    return run();
  };
}

/** Removes an output and the report beside it. */
export function remove(target) {
  rmSync(target, { recursive: true, force: true });
  rmSync(`${target}.report.json`, { force: true });
}
