import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { timed } from './measure.mjs';

const CACHE = path.join(ROOT, 'bench/.cache');

/** The large savepoint, made by real Flink when it is not there yet. */
export async function largeSavepoint({ flink, keys }) {
  const directory = path.join(CACHE, `profiles-${keys}-flink${flink}`);
  if (!existsSync(path.join(directory, '_metadata'))) {
    console.log(`Flink ${flink} writes a savepoint of ${keys} keys; this takes a few minutes, once`);
    mkdirSync(CACHE, { recursive: true });
    const generate = path.join(ROOT, 'fixtures/generator/bench-generate.sh');
    await timed(generate, ['--flink', flink, '--keys', String(keys), '--out', directory]);
  }
  const files = readdirSync(directory).map((name) => path.join(directory, name));
  for (const file of files) readFileSync(file);
  return { directory, files, bytes: files.reduce((sum, file) => sum + statSync(file).size, 0), cache: CACHE };
}
