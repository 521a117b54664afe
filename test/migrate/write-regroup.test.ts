import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { EntryChange, MigratedEntry, PlannedJob, PlannedState } from '@statewright/migrate';
import { keyGroupPrefixBytes } from '@statewright/savepoint';
import { changing, contents, openFixture, regrouped, write } from './write-run.js';

const LINES = ['1.20', '2.3'] as const;
const KINDS = ['hashmap-savepoint', 'rocksdb-savepoint', 'hashmap-checkpoint'] as const;

describe('another number of key groups, of subtasks, and back', () => {
  for (const line of LINES) {
    for (const kind of [...KINDS, 'hashmap-savepoint-compressed', 'hashmap-savepoint-inline'] as const) {
      test(`fraud-detector-flink${line}-${kind}`, async () => {
        const source = await openFixture(`fraud-detector-flink${line}-${kind}`);
        const before = await contents(source);
        const more = await write(source, { tweak: (job) => regrouped(job, 4096, 3), sortBytes: 4096 });
        assert.deepEqual(await contents(more.savepoint), before, '128 to 4096');
        for (const { maxParallelism, parallelism, streams } of more.savepoint.operators) {
          assert.deepEqual([maxParallelism, parallelism], [4096, 3]);
          const ranges = streams.flatMap(({ keyGroups }) => keyGroups ?? []);
          // Computed by hand after KeyGroupRangeAssignment#computeKeyGroupRangeForOperatorIndex.
          if (ranges.length > 0) {
            assert.deepEqual(ranges, [
              { start: 0, end: 1365 },
              { start: 1366, end: 2730 },
              { start: 2731, end: 4095 },
            ]);
          }
        }
        assert.equal(keyGroupPrefixBytes(4096), 2);
        const back = await write(more.savepoint, { tweak: (job) => regrouped(job, 128, 7) });
        assert.deepEqual(await contents(back.savepoint), before, '4096 to 128');
        const moved = await write(back.savepoint, { tweak: (job) => regrouped(job, 128, 2) });
        assert.deepEqual(await contents(moved.savepoint), before, '7 subtasks to 2');
      });
    }
  }

  for (const zoo of ['kinds', 'types', 'windows']) {
    for (const kind of KINDS) {
      test(`zoo-${zoo}-flink2.3-${kind}`, async () => {
        const source = await openFixture(`zoo-${zoo}-flink2.3-${kind}`);
        const before = await contents(source);
        const more = await write(source, { tweak: (job) => regrouped(job, 200, 2) });
        assert.deepEqual(await contents(more.savepoint), before);
      });
    }
  }

  test('keys whose bytes do not tell their hash code are refused, with their class', async () => {
    const source = await openFixture('zoo-keys-flink2.3-hashmap-savepoint');
    await assert.rejects(
      write(source, { tweak: (job) => regrouped(job, 4096, 1) }),
      /do not tell their Java hash code, so that their key groups of 4096 cannot be found/,
    );
  });

  test('with the same number of key groups no key is looked at', async () => {
    const source = await openFixture('zoo-keys-flink2.3-hashmap-savepoint');
    const before = await contents(source);
    const moved = await write(source, {
      tweak: (job) => ({
        ...job,
        operators: job.operators.map((operator) => ({ ...operator, parallelism: 3 })),
      }),
    });
    assert.deepEqual(await contents(moved.savepoint), before);
  });

  test('however little memory there is for sorting, the bytes are the same', async () => {
    const source = await openFixture('fraud-detector-flink2.3-rocksdb-savepoint');
    const [little, much] = await Promise.all(
      [1, 1 << 24].map((sortBytes) => write(source, { tweak: (job) => regrouped(job, 4096, 2), sortBytes })),
    );
    const files = (written: typeof little) =>
      [...written!.fs.files].filter(([path]) => path.startsWith('/out/')).sort();
    assert.deepEqual(files(little), files(much));
  });
});

describe('one key group with all entries', () => {
  const SIZES = [300_000, 3_000_000, 5];
  const long: EntryChange = {
    type: 'values',
    step: 0,
    parts: ['element'],
    open: () => {
      let next = 0;
      return { element: (value) => String(value).padEnd(SIZES[next++ % SIZES.length]!, 'x') };
    },
  };
  const only = (job: PlannedJob): PlannedJob => ({
    ...job,
    operators: job.operators.map((operator) => ({
      ...operator,
      states: operator.states.flatMap((state) =>
        state.name === 'list-of-strings'
          ? changing({ ...job, operators: [{ ...operator, states: [state] }] }, long).operators[0]!.states
          : [],
      ),
    })),
  });

  test('is put together in pieces', async () => {
    const source = await openFixture('zoo-kinds-flink2.3-hashmap-savepoint');
    const many = await write(source, { tweak: only });
    const one = await write(source, { tweak: (job) => regrouped(only(job), 1, 1) });
    const scratch = [...one.fs.files].filter(([path]) => path.startsWith('/scratch/'));
    const largest = Math.max(...scratch.map(([, bytes]) => bytes.length));
    assert.ok(
      largest > 2 * one.fs.largestRead,
      `${largest} bytes were sorted, ${one.fs.largestRead} read at once`,
    );
    assert.deepEqual(await contents(one.savepoint), await contents(many.savepoint));
  });
});

describe('several feeds', () => {
  const name = 'fraud-detector-flink2.3-rocksdb-savepoint';
  const rekeys = (change: (entry: MigratedEntry) => readonly MigratedEntry[]): EntryChange => ({
    type: 'entries',
    step: 1,
    rekeys: true,
    open: () => change,
  });

  /** The job with one state of its keyed operator in place of another. */
  async function withFeeds(change: (state: PlannedState) => PlannedState) {
    const source = await openFixture(name);
    return write(source, {
      tweak: (job) => ({
        ...job,
        operators: job.operators.map((operator) => ({ ...operator, states: operator.states.map(change) })),
      }),
    });
  }

  const twice = (state: PlannedState): readonly PlannedState['feeds'][number][] => [
    ...state.feeds,
    ...state.feeds,
  ];

  test('two entries with one key are a failure that names it', async () => {
    const { tallies, savepoint } = await withFeeds((state) =>
      state.name === 'last-amount' ? { ...state, feeds: twice(state) } : state,
    );
    const failures = tallies.flatMap((tally) => tally.failures);
    assert.ok(failures.length > 0);
    for (const { reason, key } of failures) {
      assert.match(reason, /^two entries of state "last-amount" have the key /);
      assert.equal(typeof key, 'string');
    }
    assert.deepEqual(await contents(savepoint), await contents(await openFixture(name)), 'the first stays');
  });

  test('lists follow each other, maps are united, and the last may win', async () => {
    const { tallies, savepoint } = await withFeeds((state) =>
      state.kind === 'timer' ||
      (state.kind.includes('list') && state.kind !== 'list') ||
      state.kind === 'broadcast'
        ? state
        : { ...state, feeds: twice(state), duplicates: 'last' },
    );
    assert.deepEqual(
      tallies.flatMap(({ failures }) => failures),
      [],
    );
    const before = await contents(await openFixture(name));
    const after = await contents(savepoint);
    const doubled = before.map((text) => {
      const [head, list] = [text.slice(0, text.indexOf('[')), text.slice(text.indexOf('['))];
      if (!/^\S+ list /.test(text)) return text;
      const end = list.lastIndexOf(']');
      const inner = list.slice(1, end);
      return `${head}[${inner},${inner}]${list.slice(end + 1)}`;
    });
    assert.deepEqual(after, doubled.sort());
  });

  test('entries go where their new keys belong', async () => {
    const source = await openFixture(name);
    const change = rekeys((entry) => [{ ...entry, key: `${entry.key as string}-new` }]);
    const { savepoint } = await write(source, {
      tweak: (job) => {
        const keyed = changing(job, change);
        return {
          ...job,
          operators: job.operators.map((operator, i) =>
            operator.states.some(({ kind }) => kind === 'value') ? keyed.operators[i]! : operator,
          ),
        };
      },
    });
    const expected = (await contents(source)).map((text) =>
      /^\S+ (value|map|list|timer|reducing|aggregating) /.test(text)
        ? text.replace(/^(\S+ \S+ \S+ ")([^"]*)"/, '$1$2-new"')
        : text,
    );
    assert.deepEqual(await contents(savepoint), expected.sort());
  });

  test('one state can become two', async () => {
    const source = await openFixture(name);
    const { savepoint } = await write(source, {
      tweak: (job) => ({
        ...job,
        operators: job.operators.map((operator) => {
          const state = operator.states.find((each) => each.name === 'last-amount');
          if (state === undefined) return operator;
          return { ...operator, states: [...operator.states, { ...state, name: 'copy-of-it' }] };
        }),
      }),
    });
    const before = await contents(source);
    const copies = before.flatMap((text) =>
      text.includes(' last-amount ') ? [text.replace('last-amount', 'copy-of-it')] : [],
    );
    assert.ok(copies.length > 0);
    assert.deepEqual(await contents(savepoint), [...before, ...copies].sort());
  });
});

describe('metadata', () => {
  test('has no operators that hold nothing but the old number of key groups', async () => {
    const source = await openFixture('fraud-detector-flink2.3-hashmap-savepoint');
    const empty = source.operators.filter(
      ({ streams, coordinatorState }) => streams.length === 0 && coordinatorState === undefined,
    );
    assert.ok(empty.length > 0, 'the fixture has such operators');
    const keyed = source.operators.find(({ states }) => states.some(({ kind }) => kind === 'value'))!;
    const { savepoint } = await write(source, {
      tweak: (job) => ({
        ...job,
        operators: job.operators.map((each) =>
          each.source === keyed ? { ...each, maxParallelism: 4096 } : each,
        ),
      }),
    });
    const left = source.operators.filter((each) => !empty.includes(each));
    assert.deepEqual(
      savepoint.operators.map(({ id, maxParallelism }) => [id, maxParallelism]),
      left.map(({ id, maxParallelism }) => [id, id === keyed.id ? 4096 : maxParallelism]),
    );
  });

  test('of another release: without names for 1.20, with them for 2.3', async () => {
    const new2 = await openFixture('fraud-detector-flink2.3-hashmap-savepoint');
    const old = await write(new2, { writing: { flinkVersion: '1.20' } });
    assert.equal(old.savepoint.metadataVersion, 3);
    assert.deepEqual(
      old.savepoint.operators.map(({ id }) => id),
      new2.operators.map(({ id }) => id),
    );
    const new1 = await openFixture('fraud-detector-flink1.20-hashmap-savepoint');
    const now = await write(new1, { writing: { flinkVersion: '2.3' } });
    assert.equal(now.savepoint.metadataVersion, 6);
    assert.equal(now.savepoint.snapshotType, 'savepoint');
    assert.deepEqual(await contents(now.savepoint), await contents(new1));
  });

  test('names the files below a URI when the plan says where they will lie', async () => {
    const source = await openFixture('fraud-detector-flink2.3-hashmap-savepoint');
    // Its files lie elsewhere now, so that it cannot be opened here.
    const moved = write(source, { tweak: (job) => ({ ...job, location: 's3://bucket/there/' }) });
    await assert.rejects(moved, /"s3:\/\/bucket\/there\/[0-9a-f-]+"/);
  });

  test('in-flight records are left out when that is wanted', async () => {
    const source = await openFixture('in-flight-flink2.3-hashmap-checkpoint-unaligned');
    const { savepoint } = await write(source, { writing: { dropInFlight: true } });
    for (const { channelState } of savepoint.operators) assert.equal(channelState.handles, 0);
  });
});
