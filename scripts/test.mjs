/*
 * Builds the project and runs its tests, fast ones first; see USAGE. A run that finds no test, a file without a test and
 * a test that skips itself all count as failures, so that a green run means that everything was run.
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { build } from './lib/build.mjs';
import { runTests } from './lib/run-tests.mjs';
import { compiledFile, selectTests } from './lib/select-tests.mjs';

const USAGE = `Usage: npm test -- [OPTION]... [PATH]...

Builds, then runs the tests whose path contains one of PATH (all of them without PATH).

  --fast               leave out what takes long: *.slow.test.ts and test/hostile/
  --slow               only that
  --no-build           run what test/dist holds
  --reporter NAME      spec (default on a terminal) or compact
  --concurrency N      test files at a time (default 2)

STATEWRIGHT_JUDGE=1 adds test/judge/, which needs a JDK and Maven.
`;

const OPTIONS = {
  fast: { type: 'boolean', default: false },
  slow: { type: 'boolean', default: false },
  build: { type: 'boolean', default: true },
  reporter: { type: 'string', default: process.stdout.isTTY ? 'spec' : 'compact' },
  concurrency: { type: 'string', default: '2' },
  help: { type: 'boolean', short: 'h', default: false },
};

function close(passed, failed) {
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

async function main() {
  const { values, positionals } = parseArgs({
    options: OPTIONS,
    allowPositionals: true,
    allowNegative: true,
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  if (values.build && !build()) {
    close(0, 1);
    return;
  }
  const speed = values.fast ? 'fast' : values.slow ? 'slow' : 'all';
  const sources = selectTests({ paths: positionals, speed, judge: process.env.STATEWRIGHT_JUDGE === '1' });
  if (sources.length === 0) {
    console.error(`no test file matches ${positionals.join(' ')}`);
    close(0, 1);
    return;
  }
  const { passed, failed } = await runTests(sources.map(compiledFile), {
    reporter: values.reporter,
    concurrency: Number(values.concurrency),
  });
  close(passed, failed);
}

await main();
