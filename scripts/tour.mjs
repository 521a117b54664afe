/*
 * A walk through the main job, on a savepoint that real Flink wrote: look, read a value, rename a state, look again.
 * Every command that is printed is run as printed. Leaves nothing behind; fails when any command does.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { build } from './lib/build.mjs';
import { ROOT } from './lib/paths.mjs';

const SAVEPOINT = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';
const OLDER = 'fixtures/savepoints/fraud-detector-flink1.20-rocksdb-savepoint';

function steps(renamed) {
  return [
    ['What is in this savepoint? Flink 2.3 wrote it; no class of the job is here.', ['inspect', SAVEPOINT]],
    ['Which types do the states have?', ['schema', SAVEPOINT]],
    [
      'How large is one of them, and how even are its keys?',
      ['stats', SAVEPOINT, 'fraud-detector/seen-merchants'],
    ],
    [
      'What does the job know of one account?',
      ['get', SAVEPOINT, 'fraud-detector/seen-merchants', '--key', '"account-7"'],
    ],
    [
      'All of it, one JSON object a line; here the first three.',
      ['export', SAVEPOINT, 'fraud-detector/last-amount', '--format', 'ndjson'],
      3,
    ],
    [
      'The job now calls its state "merchants". Flink would drop the old one in silence; rename it instead.',
      ['rename', SAVEPOINT, 'fraud-detector/seen-merchants', 'merchants', '-o', renamed],
    ],
    ['The new savepoint, ready for Flink to restore:', ['inspect', renamed]],
    [
      'The value is where the job will look for it:',
      ['get', renamed, 'fraud-detector/merchants', '--key', '"account-7"'],
    ],
    [
      'Before 2.0, Flink stored hashes of uids only. Name the uids that you know, and those that match are shown.',
      ['inspect', OLDER, '--uid-candidates', 'fraud-detector,alert-buffer,rules'],
    ],
  ];
}

/** Words that a shell would not leave alone get quotes. */
function quoted(word) {
  return /^[\w./:=,-]+$/.test(word) ? word : `'${word}'`;
}

/** Runs the program; with `head`, hangs up after that many lines as `| head` does. Gives the exit code. */
async function run(args, head = Number.POSITIVE_INFINITY) {
  const main = path.join(ROOT, 'cli/dist/main.js');
  const child = spawn(process.execPath, [main, ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? signal));
  });
  let left = head;
  for await (const line of createInterface({ input: child.stdout })) {
    console.log(line);
    left--;
    if (left === 0) break;
  }
  child.stdout.destroy();
  return exit;
}

async function tour(folder) {
  for (const [say, args, head] of steps(path.join(folder, 'renamed'))) {
    const pipe = head === undefined ? '' : ` | head -n ${head}`;
    console.log(`\n# ${say}\n$ npx statewright ${args.map(quoted).join(' ')}${pipe}`);
    const code = await run(args, head);
    if (code !== 0) throw new Error(`the command above ended with ${code}`);
  }
  console.log('\nThat is the tour. Next: npx statewright --help, and README.md');
}

if (!build()) process.exit(1);
const folder = mkdtempSync(path.join(os.tmpdir(), 'statewright-tour-'));
try {
  await tour(folder);
} catch (error) {
  console.error(`\ntour: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
