import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { openSavepoint } from '@statewright/savepoint';
import { fromRoot, ROOT } from '../../scripts/lib/paths.mjs';
import { timed } from './measure.mjs';

/** Whatever the benchmarks write; git ignores it. */
export const CACHE = path.join(ROOT, '.cache/bench');
/** A savepoint of some kilobytes: the other end of "whatever the size", and what `--quick` reads. */
export const SMALL = 'fixtures/savepoints/fraud-detector-flink2.3-hashmap-savepoint';

/** The large savepoint, made by real Flink when it is not there yet. */
export async function largeSavepoint({ flink, keys }) {
  const directory = path.join(CACHE, `profiles-${keys}-flink${flink}`);
  if (!existsSync(path.join(directory, '_metadata'))) {
    console.error(`Flink ${flink} writes a savepoint of ${keys} keys; this takes some minutes, once`);
    mkdirSync(CACHE, { recursive: true });
    const generate = path.join(ROOT, 'fixtures/generator/bench-generate.sh');
    await timed(generate, [
      '--flink',
      flink,
      '--keys',
      String(keys),
      '--parallelism',
      '2',
      '--out',
      directory,
    ]);
  }
  return describe(
    directory,
    `Flink ${flink}, ${keys} keys, for each a POJO of 8 fields and a map of 5 entries`,
  );
}

/** A savepoint that lies in the checkout. */
export function smallSavepoint() {
  return describe(path.join(ROOT, SMALL), 'a fixture');
}

/** What the cases need of a savepoint. Its files are read once, so that nobody is the first. */
async function describe(directory, about) {
  const files = readdirSync(directory).map((name) => path.join(directory, name));
  await timed('cat', files, { keep: false });
  const { operators } = await openSavepoint(directory);
  const [operator] = operators.filter(({ states }) => states.some(({ kind }) => kind === 'value'));
  const state = operator.states.find(({ kind }) => kind === 'value');
  return {
    path: fromRoot(directory),
    about,
    files: files.map(fromRoot),
    bytes: files.reduce((sum, file) => sum + statSync(file).size, 0),
    state: `${operator.uid ?? operator.id}/${state.name}`,
  };
}
