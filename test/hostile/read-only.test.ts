import assert from 'node:assert/strict';
import {
  constants,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { scratchDirectory, statewright, writeSample } from './cli.js';
import type { FileCall } from './record-file-calls.js';
import { fixture } from './samples.js';

const RECORDER = new URL('./record-file-calls.js', import.meta.url).href;
const WRITING =
  constants.O_WRONLY | constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC | constants.O_APPEND;

const scratch = realpathSync(scratchDirectory());
const [snapshot, cwd] = [join(scratch, 'snapshot'), join(scratch, 'cwd')];
mkdirSync(cwd);
writeSample(fixture('fraud-detector-flink2.3-rocksdb-savepoint-compressed'), snapshot);
writeFileSync(
  join(cwd, 'plan.yaml'),
  'version: 1\nsteps:\n  - drop-state: { state: fraud-detector/tx-count }\n',
);
writeFileSync(join(cwd, 'nothing.yaml'), 'version: 1\nsteps: []\n');

function isReading({ call, flags }: FileCall): boolean {
  if (call !== 'open') return false;
  return typeof flags === 'number' ? (flags & WRITING) === 0 : flags === undefined || /^r?s?$/.test(flags);
}

function isBelow(directory: string, path: string): boolean {
  return path === directory || path.startsWith(`${directory}/`);
}

/** Names, sizes, times and bytes of all that lies in a folder. */
function contents(directory: string): unknown[] {
  return readdirSync(directory)
    .sort()
    .map((name) => {
      const { size, mtimeMs, ctimeMs, mode } = statSync(join(directory, name));
      return { name, size, mtimeMs, ctimeMs, mode, bytes: readFileSync(join(directory, name), 'hex') };
    });
}

/** What a command does to files. */
async function fileCalls(...args: readonly string[]): Promise<FileCall[]> {
  const log = join(scratch, 'calls');
  const env = { STATEWRIGHT_FILE_CALLS: log };
  const { code, stderr } = await statewright(args, { cwd, node: ['--import', RECORDER], env });
  assert.equal(code, 0, stderr);
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as FileCall);
}

const STATE = 'fraud-detector/last-amount';
const COMMANDS: readonly (readonly string[])[] = [
  ['inspect', snapshot, '--streams'],
  ['schema', snapshot],
  ['stats', snapshot],
  ['get', snapshot, STATE, '--key', 'account-7'],
  ['export', snapshot],
  ['export', snapshot, STATE, '--format', 'csv', '-o', 'out.csv'],
  ['export', snapshot, STATE, '--format', 'parquet', '-o', 'out.parquet'],
  ['bytes', snapshot, STATE, '--key', 'account-7'],
  ['rename', snapshot, STATE, 'amount', '-o', 'renamed'],
  ['rename-operator', snapshot, 'rules', 'limits', '-o', 'renamed-operator'],
  ['apply', snapshot, 'plan.yaml', '-o', 'applied', '--allow-lossy'],
  ['rescale', snapshot, 'fraud-detector', '16', '-o', 'rescaled'],
  ['relocate', snapshot, '-o', 'relocated'],
  ['verify', snapshot],
  ['verify', snapshot, '--source', snapshot, '--plan', 'nothing.yaml'],
];

describe('the source is never opened for writing', () => {
  for (const args of COMMANDS) {
    const [command] = args;
    test(`${args.filter((arg) => arg !== snapshot).join(' ')}`, async () => {
      const before = contents(snapshot);
      const calls = await fileCalls(...args);
      const onSnapshot = calls.filter(({ paths }) => paths.some((path) => isBelow(snapshot, path)));
      assert.ok(onSnapshot.length > 0, 'the calls are noted');
      assert.deepEqual(
        onSnapshot.filter((call) => !isReading(call)),
        [],
      );
      const changes = calls.filter((call) => !isReading(call));
      const allowed = [cwd, realpathSync(tmpdir())];
      for (const { call, paths } of changes) {
        for (const path of paths) {
          const where = join(path.startsWith('/') ? '/' : cwd, path);
          assert.ok(
            allowed.some((directory) => isBelow(directory, where)),
            `${command} calls ${call} on ${where}`,
          );
        }
      }
      if (args.includes('-o')) assert.ok(changes.length > 0, 'what is written is noted, too');
      assert.deepEqual(contents(snapshot), before);
    });
  }
});

test('nothing is left behind but what was asked for', () => {
  const snapshots = ['applied', 'relocated', 'rescaled'].flatMap((name) => [name, `${name}.report.json`]);
  const others = ['nothing.yaml', 'out.csv', 'out.parquet', 'plan.yaml', 'renamed', 'renamed-operator'];
  assert.deepEqual(readdirSync(cwd).sort(), [...snapshots, ...others].sort());
  assert.deepEqual(readdirSync(scratch).sort(), ['calls', 'cwd', 'snapshot']);
});
