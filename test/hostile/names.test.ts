import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { answerOf } from './answer.js';
import { type Ran, scratchDirectory, statewright, writeSample } from './cli.js';
import { HOSTILE_NAMES, UNSAFE_OUTPUT } from './hostile-names.js';
import { MemoryFileSystem } from './memory-file-system.js';
import { type Names, renamedSample } from './rename-in-sample.js';
import { expectedEntries, fixture, slice } from './samples.js';

const FIXTURE = 'zoo-pojos-flink2.3-rocksdb-savepoint';
const OLD = {
  operator: 'pojos',
  states: ['customer', 'customers', 'addresses', 'customer-with-ttl'],
  fields: [
    ...['active', 'age', 'balance', 'digits', 'home', 'id', 'level', 'name', 'nicknames', 'rank', 'score'],
    ...['since', 'zone', 'country', 'number', 'street', 'code', 'population'],
  ],
  classes: ['dev.statewright.fixtures.jobs.zoo.Customer', 'dev.statewright.fixtures.jobs.zoo.Address'],
};

/** One hostile name for each old one; `shift` says which comes first, so that two savepoints show all in all places. */
function hostileNames(shift: number): Names {
  const old = [...OLD.states, ...OLD.classes, ...OLD.fields, OLD.operator];
  const pairs = old.map((name, i) => [name, HOSTILE_NAMES[(i + shift) % HOSTILE_NAMES.length]!] as const);
  return new Map([...pairs, ...hostileFiles()]);
}

const SAMPLE = slice(fixture(FIXTURE), OLD.operator);

/** New names for the state files, which may hold anything but a slash and a NUL. */
function hostileFiles(): [string, string][] {
  const files = [...SAMPLE.files.keys()].filter((path) => !path.endsWith('/_metadata'));
  return files.map((path, i) => [
    path.slice(path.lastIndexOf('/') + 1),
    `\u001b[2J\n$(touch pwned)\u202e${i}`,
  ]);
}

/** A value as the fixture expects it, with the new field names. */
function withNewFields(value: unknown, names: Names): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => withNewFields(each, names));
  const entries = Object.entries(value).map(([key, each]) => [
    names.get(key) ?? key,
    withNewFields(each, names),
  ]);
  return Object.fromEntries(entries) as unknown;
}

function jsonLines(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
}

for (const shift of [0, 13]) {
  describe(`a savepoint of hostile names, ${shift}`, () => {
    const scratch = scratchDirectory();
    const names = hostileNames(shift);
    const [snapshot, cwd] = [join(scratch, 'snapshot'), join(scratch, 'cwd')];
    const address = (state: string) => `494676b6/${names.get(state)}`;

    before(async () => {
      mkdirSync(cwd);
      writeSample(await renamedSample(SAMPLE, names), snapshot);
    });

    /** Runs a command, and expects that nothing but printing safe text has come of the names. */
    async function run(...args: readonly string[]): Promise<Ran> {
      const ran = await statewright(args, { cwd });
      assert.equal(ran.code, 0, ran.stderr);
      assert.doesNotMatch(ran.stdout, UNSAFE_OUTPUT);
      assert.doesNotMatch(ran.stderr, UNSAFE_OUTPUT);
      assert.deepEqual(readdirSync(cwd), []);
      return ran;
    }

    test('inspect, schema, stats and bytes print them escaped, as text and as JSON', async () => {
      for (const command of ['inspect', 'schema', 'stats', 'bytes']) {
        await run(command, snapshot);
        jsonLines((await run(command, snapshot, '--format', 'ndjson')).stdout);
      }
      await run('inspect', snapshot, '--streams');
      const { operators } = JSON.parse((await run('inspect', snapshot, '--format', 'json')).stdout) as {
        operators: { uid: string; states: { name: string }[] }[];
      };
      assert.deepEqual(operators[0]!.uid, names.get(OLD.operator));
      const found = operators[0]!.states.map(({ name }) => name);
      assert.deepEqual(
        found.slice(0, 4),
        OLD.states.map((name) => names.get(name)),
      );
    });

    test('export gives the values of real Flink under the new names', async () => {
      const expected = expectedEntries(FIXTURE)
        .filter(({ uid, state }) => uid === OLD.operator && state === 'customers')
        .map(({ key, value }) => ({ key, value: withNewFields(value, names) }));
      const { stdout } = await run('export', snapshot, address('customers'));
      const where = ['--where', 'size(value) > 0 && key != "__proto__"'];
      assert.equal((await run('export', snapshot, address('customers'), ...where)).stdout, stdout);
      const lines = jsonLines(stdout) as { key: unknown; value: unknown }[];
      assert.ok(lines.length > 0);
      for (const { key, value } of lines) {
        assert.deepEqual(value, expected.find((each) => each.key === key)!.value);
      }
    });

    test('a terminal gets CSV with everything escaped, in names and in values', async () => {
      const args = ['export', snapshot, address('customer'), '--format', 'csv'];
      const node = [
        '--import',
        "data:text/javascript,process.stdout.isTTY = true; process.env.NO_COLOR = '1';",
      ];
      const { code, stdout, stderr } = await statewright(args, { cwd, node });
      assert.equal(code, 0, stderr);
      assert.ok(stdout.split('\r\n').length > 2);
      assert.doesNotMatch(stdout.replaceAll('\r\n', '\n'), UNSAFE_OUTPUT);
    });

    test('a name finds its state: get, schema and bytes', async () => {
      const { stdout } = await run('export', snapshot, address('customers'), '--limit', '1');
      const [{ key }] = jsonLines(stdout) as [{ key: string }];
      const got = await run('get', snapshot, address('customers'), '--key', JSON.stringify(key));
      assert.equal(got.stdout, stdout);
      await run('schema', snapshot, address('customer'));
      await run('bytes', snapshot, address('customer'), '--key', JSON.stringify(key));
    });

    test('rename and rename-operator write only into their directory', async () => {
      const out = join(scratch, 'renamed');
      await run('rename', snapshot, address('customer'), '); process.exit(66); (2', '-o', out);
      assert.deepEqual(readdirSync(scratch).sort(), ['cwd', 'renamed', 'snapshot']);
      assert.equal(readdirSync(out).length, readdirSync(snapshot).length);
      const again = join(scratch, 'again');
      await run('rename-operator', out, '494676b6', '../../etc/passwd', '-o', again);
      assert.deepEqual(readdirSync(scratch).sort(), ['again', 'cwd', 'renamed', 'snapshot']);
      assert.ok(existsSync(join(again, '_metadata')));
    });
  });
}

describe('names that would hide each other are refused', () => {
  const renamedTo = async (...pairs: readonly [string, string][]) => {
    const { files } = await renamedSample(SAMPLE, new Map(pairs));
    const answer = await answerOf(new MemoryFileSystem(files));
    return answer.kind === 'error' ? answer.message : answer.kind;
  };

  test('two fields of one name', async () => {
    const message = await renamedTo(['age', 'rank']);
    assert.match(message, /^BAD_VALUE POJO fields at .*: two entries are called "rank"$/);
  });

  test('two states of one name', async () => {
    const message = await renamedTo(['customer', 'customers']);
    assert.match(message, /^BAD_VALUE state name at .*: two states are called "customers"$/);
  });
});
