import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { StatewrightError } from '@statewright/bytes';
import { type EntryChange, SKIP_ENTRY } from '@statewright/migrate';
import { FIXTURES } from '../savepoint/corpus.js';
import { changing, contents, openFixture, streamsOf, write } from './write-run.js';

/** What this release does not write, with the reason. */
const REFUSED: readonly (readonly [RegExp, RegExp])[] = [
  [/-changelog$/, /has a changelog/],
  [/rocksdb-checkpoint$/, /shares RocksDB files/],
  [/^in-flight-/, /in-flight records/],
];

const ALL = readdirSync(FIXTURES).sort();
const WRITTEN = ALL.filter((name) => REFUSED.every(([pattern]) => !pattern.test(name)));

describe('a plan that changes nothing gives every file byte for byte', () => {
  assert.ok(WRITTEN.length >= 70, `${WRITTEN.length} snapshots`);
  for (const name of WRITTEN) {
    test(name, async () => {
      const source = await openFixture(name);
      const { fs } = await write(source);
      for (const [path, bytes] of fs.files) {
        const old = readFileSync(join(FIXTURES, name, path.slice('/out/'.length)));
        assert.ok(old.equals(bytes), `${path} is another`);
      }
      const refs = source.operators.flatMap(({ streams }) => streams.map(({ ref }) => ref));
      const names = new Set(refs.flatMap((ref) => (ref.kind === 'file' ? [ref.path] : [])));
      for (const path of names) assert.ok(fs.files.has(`/out/${path.split('/').pop()}`), path);
    });
  }

  for (const name of ALL.filter((each) => !WRITTEN.includes(each))) {
    test(`${name} is refused`, async () => {
      const [, reason] = REFUSED.find(([pattern]) => pattern.test(name))!;
      await assert.rejects(async () => write(await openFixture(name)), reason);
    });
  }
});

const same = (value: unknown): unknown => value;
const EVERY_VALUE: EntryChange = {
  type: 'values',
  step: 0,
  parts: ['element'],
  open: () => ({ element: same }),
};
const EVERY_PART: EntryChange = {
  type: 'values',
  step: 0,
  parts: ['element', 'userKey', 'key', 'namespace'],
  open: () => ({ element: same, userKey: same, key: same, namespace: same }),
};
const EVERY_ENTRY: EntryChange = { type: 'entries', step: 0, rekeys: false, open: () => (entry) => [entry] };

/** Fixtures whose values are behind serializers that no snapshot tells, or whose null map values hold left-over bytes. */
const CLOSED = /^zoo-(custom|pojos)-.*checkpoint$|rocksdb-savepoint-native$/;

describe('values that are read and written again have the bytes they had', () => {
  const cases = [
    ['each value', EVERY_VALUE, CLOSED],
    ['each part of each entry', EVERY_PART, new RegExp(`${CLOSED.source}|^zoo-custom`)],
    // Flink leaves bytes behind the null flag of a map's value, which mean nothing.
    ['each entry', EVERY_ENTRY, new RegExp(`${CLOSED.source}|^zoo-(custom|kinds)`)],
  ] as const;
  for (const [what, change, except] of cases) {
    for (const name of WRITTEN.filter((each) => !except.test(each))) {
      test(`${what}: ${name}`, async () => {
        const source = await openFixture(name);
        const { savepoint, tallies } = await write(source, { tweak: (job) => changing(job, change) });
        assert.deepEqual(
          tallies.flatMap(({ failures }) => failures),
          [],
        );
        const before = await streamsOf(source);
        const after = await streamsOf(savepoint);
        assert.deepEqual([...after.keys()], [...before.keys()]);
        for (const [stream, bytes] of before) {
          // Snappy may find other matches: then the entries are compared.
          if (name.includes('compressed')) continue;
          assert.ok(Buffer.from(after.get(stream)!).equals(bytes), `stream ${stream} is another`);
        }
        if (name.includes('compressed')) assert.deepEqual(await contents(savepoint), await contents(source));
        const offsets = (from: typeof source) =>
          from.operators.map(({ streams }) => streams.map((s) => s.keyGroupOffsets));
        if (!name.includes('compressed')) assert.deepEqual(offsets(savepoint), offsets(source));
      });
    }
  }
});

const FRAUD = ALL.filter(
  (name) =>
    /^fraud-detector-flink.*(hashmap|rocksdb-savepoint)/.test(name) &&
    WRITTEN.includes(name) &&
    !CLOSED.test(name),
);

describe('states that are left out, renamed and added', () => {
  for (const name of FRAUD) {
    test(`a keyed state less: ${name}`, async () => {
      const source = await openFixture(name);
      const dropped = (state: { readonly name: string }) =>
        state.name !== 'seen-merchants' && state.name !== 'sent-offsets';
      const { savepoint, tallies } = await write(source, {
        tweak: (job) => ({
          ...job,
          operators: job.operators.map((each) => ({ ...each, states: each.states.filter(dropped) })),
        }),
      });
      const expected = (await contents(source)).filter(
        (text) => !/ (seen-merchants|sent-offsets) /.test(text),
      );
      assert.deepEqual(await contents(savepoint), expected);
      const gone = tallies.filter(({ from }) => from?.name === 'seen-merchants');
      assert.ok(gone.length > 0 && gone.every(({ entriesOut }) => entriesOut === 0));
      const entries = gone.reduce((sum, { entriesIn }) => sum + entriesIn, 0);
      assert.ok(entries > 0, 'the entries that are left out are counted');
    });

    test(`no state left: ${name}`, async () => {
      const source = await openFixture(name);
      const { savepoint, tallies, fs } = await write(source, {
        tweak: (job) => ({ ...job, operators: job.operators.map((each) => ({ ...each, states: [] })) }),
      });
      assert.deepEqual(
        savepoint.operators.flatMap(({ streams }) => streams),
        [],
      );
      assert.deepEqual([...fs.files.keys()], ['/out/_metadata']);
      const gone = new Set(tallies.flatMap(({ from, entriesIn }) => (entriesIn > 0 ? [from!.name] : [])));
      const lines = await contents(source);
      for (const { states } of source.operators) {
        for (const { kind, name: state } of states) {
          const had = lines.some((text) => text.includes(` ${kind} ${state} `));
          assert.equal(gone.has(state), had, state);
        }
      }
    });

    test(`another name, copied: ${name}`, async () => {
      const source = await openFixture(name);
      const { savepoint } = await write(source, {
        tweak: (job) => ({
          ...job,
          operators: job.operators.map((operator) => ({
            ...operator,
            states: operator.states.map((state) =>
              state.kind === 'timer' ? state : { ...state, name: `${state.name}-renamed` },
            ),
          })),
        }),
      });
      const before = (await contents(source)).map((text) =>
        text.replace(/^(\S+ (?!timer)\S+ \S+)/, '$1-renamed'),
      );
      assert.deepEqual(await contents(savepoint), before.sort());
      const behind = async (from: typeof source) => {
        const streams = await streamsOf(from);
        const all = from.operators.flatMap(({ id, streams: own }) => own.map((stream) => ({ id, stream })));
        return all.flatMap(({ id, stream }) => {
          const bytes = streams.get(`${id} ${stream.subtask} ${stream.format}`);
          return bytes === undefined
            ? []
            : [Buffer.from(bytes.subarray(stream.headerLength)).toString('hex')];
        });
      };
      assert.deepEqual(await behind(savepoint), await behind(source), 'entries were copied');
    });

    test(`a state that is registered and empty: ${name}`, async () => {
      const source = await openFixture(name);
      const { savepoint } = await write(source, {
        tweak: (job) => ({
          ...job,
          operators: job.operators.map((operator) => {
            const like = operator.states.find(({ kind }) => kind === 'value');
            if (like === undefined) return operator;
            return { ...operator, states: [...operator.states, { ...like, name: 'new', feeds: [] }] };
          }),
        }),
      });
      assert.deepEqual(await contents(savepoint), await contents(source));
      const added = savepoint.operators
        .flatMap(({ states }) => states)
        .filter((state) => state.name === 'new');
      assert.equal(added.length, 1);
      const had = source.operators.flatMap(({ states }) => states).find(({ kind }) => kind === 'value')!;
      assert.equal(added[0]!.parts.length, had.parts.length);
    });
  }
});

describe('entries that are left out or fail', () => {
  const only = (wanted: (value: unknown) => boolean, thrown: unknown): EntryChange => ({
    type: 'values',
    step: 3,
    parts: ['element'],
    open: () => ({
      element: (value) => {
        if (wanted(value)) return value;
        throw thrown;
      },
    }),
  });

  for (const name of FRAUD) {
    test(`nothing is left of a stream whose values are all left out: ${name}`, async () => {
      const source = await openFixture(name);
      const change = only(() => false, SKIP_ENTRY);
      const { savepoint } = await write(source, { tweak: (job) => changing(job, change) });
      const left = (await contents(savepoint)).filter((text) => !text.includes(' timer '));
      // A broadcast map without entries is still there.
      assert.deepEqual(
        left.filter((text) => !text.includes(' broadcast ')),
        [],
      );
      const timers = (await contents(source)).filter((text) => text.includes(' timer '));
      assert.deepEqual(
        (await contents(savepoint)).filter((text) => text.includes(' timer ')),
        timers,
      );
    });
  }

  test('a failure names the key and the step, and the entry is left out', async () => {
    const source = await openFixture('fraud-detector-flink2.3-hashmap-savepoint');
    const reason = 'it does not fit';
    const change = only(() => false, new StatewrightError('CANNOT_ENCODE', { kind: 'value', reason }));
    const { tallies } = await write(source, { tweak: (job) => changing(job, change) });
    const failed = tallies.filter(({ entriesIn, failures }) => entriesIn > 0 && failures.length > 0);
    assert.ok(failed.length > 0);
    for (const { failures, events } of failed) {
      assert.ok(failures.length <= 10);
      assert.ok(failures.every((failure) => failure.step === 3 && failure.reason === reason));
      assert.deepEqual(
        events.map(({ step, what }) => [step, what]),
        [[3, 'failed']],
      );
    }
    const keyed = failed.flatMap(({ failures }) => failures).filter(({ key }) => key !== null);
    assert.ok(keyed.length > 0 && keyed.every(({ key }) => typeof key === 'string'));
  });

  test('a mistake in a change is thrown', async () => {
    const source = await openFixture('fraud-detector-flink2.3-hashmap-savepoint');
    const change = only(() => false, new TypeError('a mistake'));
    await assert.rejects(write(source, { tweak: (job) => changing(job, change) }), TypeError);
  });

  test('samples show entries before and after', async () => {
    const source = await openFixture('fraud-detector-flink2.3-hashmap-savepoint');
    const change: EntryChange = {
      type: 'values',
      step: 0,
      parts: ['element'],
      open: () => ({ element: (value) => (typeof value === 'bigint' ? value + 1n : value) }),
    };
    const { tallies } = await write(source, { samples: 1, tweak: (job) => changing(job, change) });
    const plain = tallies
      .flatMap(({ samples }) => samples)
      .map(({ before, after }) => [
        (before as { value: unknown }).value,
        (after[0] as { value: unknown }).value,
      ])
      .filter(([before]) => Number.isInteger(before)) as [number, number][];
    assert.ok(plain.length > 0);
    for (const [before, after] of plain) assert.equal(after, before + 1);
  });
});
