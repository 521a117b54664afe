import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { type DiffCounts, type DiffView, describer, type StateDiff, typeText } from '@statewright/inspect';
import { openSavepoint, type Savepoint, type State } from '@statewright/savepoint';
import { ROOT } from '../architecture/source-tree.js';
import {
  callingIt,
  diffOf,
  expectedLines,
  fixturesByJob,
  isShown,
  type Line,
  openFixture,
  readLines,
} from './diff-pairs.js';

/*
 * Comparisons against what Flink itself saw: the differences between two snapshots must be those between the entries that
 * the State Processor API read from each.
 */

interface Tally {
  added: number;
  removed: number;
  changed: number;
  unchanged: number;
}

/** What an entry is called, so that it can be found on the other side. */
function nameOf({ kind, key, namespace, value }: Line): string {
  if (kind.endsWith('-list')) return JSON.stringify(value);
  return JSON.stringify([key, namespace, ...(kind === 'timer' ? [value] : [])]);
}

/** Operator state by its parts: an element of a list has no place, copies of a broadcast map count once. */
function entriesOf(lines: readonly Line[]): Line[] {
  return lines.flatMap((line) => {
    if (line.kind.endsWith('-list')) return (line.value as unknown[]).map((value) => ({ ...line, value }));
    if (line.kind !== 'broadcast') return [line];
    return (line.value as [unknown, unknown][]).map(([key, value]) => ({ ...line, key, value }));
  });
}

/** The differences between two lists of entries, by their names. */
function tallyOf(old: readonly Line[], now: readonly Line[]): Tally {
  const tally: Tally = { added: 0, removed: 0, changed: 0, unchanged: 0 };
  const before = new Map<string, string[]>();
  for (const line of entriesOf(old)) {
    before.set(nameOf(line), [...(before.get(nameOf(line)) ?? []), JSON.stringify(line.value)]);
  }
  for (const line of entriesOf(now)) {
    const values = before.get(nameOf(line)) ?? [];
    const value = values.shift();
    if (value === undefined) tally.added++;
    else if (value === JSON.stringify(line.value)) tally.unchanged++;
    else tally.changed++;
  }
  for (const values of before.values()) tally.removed += values.length;
  return tally;
}

function linesOf(fixture: string, { operator, name, kind }: State): Line[] {
  const isTimer = kind === 'timer';
  return expectedLines(fixture).filter(
    (line) => line.operatorId === operator.id && line.state === name && (line.kind === 'timer') === isTimer,
  );
}

/** An opaque value in Flink's lines stands for anything; what follows one in a POJO is opaque for us, too. */
function hidesSomething(lines: readonly Line[]): boolean {
  return lines.some((line) => JSON.stringify(line).includes('"@opaque"'));
}

function assertAddsUp(counts: DiffCounts, what: string): void {
  const { added, removed, changed, touched, unchanged } = counts;
  const both = changed + touched + unchanged;
  assert.equal(counts.old, removed + both + counts.oldNotCompared, `${what}: old`);
  assert.equal(counts.new, added + both + counts.newNotCompared, `${what}: new`);
}

/** The counts of a state are those that Flink's lines give. */
function assertLike(diff: StateDiff, old: readonly Line[], now: readonly Line[]): void {
  const { address, counts } = diff;
  if (counts === null) return;
  assertAddsUp(counts, address);
  if (diff.mapEntries !== null) assertAddsUp(diff.mapEntries, `${address}, map entries`);
  if (diff.why !== null || hidesSomething([...old, ...now])) return;
  const { added, removed, changed, touched, unchanged } = counts;
  assert.deepEqual({ added, removed, changed, unchanged: unchanged + touched }, tallyOf(old, now), address);
}

function assertChangesFit(view: DiffView): void {
  for (const state of view.states) {
    const own = view.changes.filter(
      (change) =>
        change.address === state.address &&
        (change.kind === 'timer') === (state.kind === 'timer') &&
        change.continues !== true,
    );
    if (state.counts === null) continue;
    for (const change of ['added', 'removed', 'changed'] as const) {
      const listed = own.filter((each) => each.change === change);
      assert.equal(listed.length, state.counts[change], `${state.address} ${change}`);
    }
  }
}

function stateIn(savepoint: Savepoint, diff: StateDiff): State | undefined {
  const operator = savepoint.operators.find(({ id }) => id === diff.operator.id);
  return operator?.states.find(({ name, kind }) => name === diff.name && kind === diff.kind);
}

/** Two fixtures of one job: all of them for small jobs, neighbours for one that has many. */
function pairsOf(names: readonly string[]): [string, string][] {
  const pairs = names.flatMap((a, i) => names.slice(i + 1).map((b): [string, string] => [a, b]));
  return names.length <= 6 ? pairs : pairs.filter(([a, b]) => names.indexOf(b) - names.indexOf(a) <= 2);
}

const JOBS = fixturesByJob();

describe('two snapshots of one job differ as the entries that Flink sees in them', () => {
  const all = [...JOBS.values()].flatMap(pairsOf);
  const keyGroups = JOBS.get('fraud-detector-keygroups') ?? [];
  for (const name of keyGroups) all.push([(JOBS.get('fraud-detector') ?? [])[0]!, name]);
  assert.ok(all.length > 100, `${all.length} pairs`);
  for (const [a, b] of all) {
    test(`${a} and ${b}`, async () => {
      const [old, now] = [await openFixture(a), await openFixture(b)];
      const view = await diffOf(old, now);
      let compared = 0;
      for (const diff of view.states) {
        const [before, after] = [stateIn(old, diff), stateIn(now, diff)];
        if (before === undefined || after === undefined) continue;
        if (diff.counts !== null) compared++;
        if (isShown(a, before) && isShown(b, after)) assertLike(diff, linesOf(a, before), linesOf(b, after));
      }
      assertChangesFit(view);
      if (view.total !== null) assertAddsUp(view.total, 'total');
      assert.ok(compared > 0 || a.includes('custom'), 'something was compared');
    });
  }
});

/** What makes the entries of two states comparable: what they are, and the types of their keys. */
function formKey({ kind, keySerializer, namespaceSerializer, valueSerializer }: State): string {
  const describe = describer();
  const isList = kind === 'list' || kind === 'map' || kind.includes('-list') || kind === 'broadcast';
  const form = kind === 'timer' ? 'timer' : isList ? kind.replace(/^(union|operator)-/, '') : 'plain';
  const types = [keySerializer, namespaceSerializer].map((one) =>
    one === undefined ? '' : typeText(describe(one)),
  );
  const userKey = kind === 'map' ? typeText(describe(valueSerializer)).replace(/,.*/, '') : '';
  return [form, ...types, userKey].join(' ');
}

interface Held {
  readonly fixture: string;
  readonly savepoint: Savepoint;
  readonly state: State;
}

async function statesOf(fixture: string): Promise<Held[]> {
  const savepoint = await openFixture(fixture);
  return savepoint.operators
    .flatMap(({ states }) => states)
    .filter((state) => isShown(fixture, state))
    .map((state) => ({ fixture, savepoint, state }));
}

/** No two states of these jobs have keys of one type, but for those that hold the same. */
const ALONE = ['zoo-keys', 'sql-orders'];

describe('any two states differ as the entries that Flink sees in them', () => {
  const SIDES = [
    ['2.3-rocksdb-savepoint', '2.3-hashmap-checkpoint'],
    ['2.3-hashmap-checkpoint', '1.20-rocksdb-savepoint'],
    ['1.20-hashmap-savepoint', '2.3-rocksdb-savepoint'],
    ['2.3-rocksdb-savepoint', '2.3-rocksdb-savepoint'],
  ] as const;
  for (const job of ['zoo-kinds', 'zoo-types', 'zoo-keys', 'zoo-windows', 'fraud-detector', 'sql-orders']) {
    for (const [a, b] of SIDES) {
      test(`${job}, ${a} to ${b}`, async () => {
        const old = await statesOf(`${job}-flink${a}`);
        const now = await statesOf(`${job}-flink${b}`);
        let different = 0;
        for (const [i, before] of old.entries()) {
          const alike = now.filter(({ state }) => formKey(state) === formKey(before.state));
          const after = alike[(i + 1) % Math.max(1, alike.length)];
          if (after === undefined) continue;
          const view = await diffOf(
            callingIt(before.savepoint, before.state),
            callingIt(after.savepoint, after.state),
            { address: 'operator/state', decodeAll: true },
          );
          const [diff] = view.states;
          assert.ok(diff !== undefined && view.states.length === 1);
          assertLike(diff, linesOf(before.fixture, before.state), linesOf(after.fixture, after.state));
          assertChangesFit(view);
          const { added = 0, removed = 0, changed = 0 } = diff.counts ?? {};
          if (added + removed + changed > 0) different++;
        }
        assert.ok(different > 0 || ALONE.includes(job), 'some differ');
      });
    }
  }
});

describe('a job before and after a change differs as the entries that Flink sees in it', () => {
  const stories = path.join(ROOT, 'fixtures/stories');
  const names = readdirSync(stories, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  assert.ok(names.length > 20, `${names.length} stories`);
  for (const { name } of names) {
    for (const line of readdirSync(path.join(stories, name))) {
      test(`${name}, ${line}`, async () => {
        const folder = path.join(stories, name, line);
        const [before, after] = ['previous', 'current'].map((side) =>
          readLines(path.join(folder, `${side}.ndjson`)),
        );
        const uidCandidates = [...new Set([...before!, ...after!].map(({ uid }) => uid))];
        const open = (side: string) => openSavepoint(path.join(folder, side), { uidCandidates });
        const view = await diffOf(await open('previous'), await open('current'));
        for (const diff of view.states) {
          const own = (lines: readonly Line[]) =>
            lines.filter((each) => each.operatorId === diff.operator.id && each.state === diff.name);
          // Kryo wrote the same bytes, which the changed class takes for something else: bytes are all that a snapshot has.
          if (name === 'kryo-enum-reordered' && diff.name === 'profile') {
            assert.equal(diff.counts?.unchanged, 3);
            continue;
          }
          // What the two sides hold is another kind of thing: nothing of it is the same.
          if (diff.schema.some(({ place }) => place === 'kind') && !diff.kind.endsWith('-list')) {
            assert.equal(diff.counts?.unchanged, 0);
            assert.equal(diff.counts?.changed, 0);
          } else assertLike(diff, own(before!), own(after!));
        }
        assertChangesFit(view);
        assert.equal(view.verdict, SAME.has(`${name} ${line}`) ? 'same' : 'differs');
      });
    }
  }
});

/** Nothing that a snapshot tells has changed. */
const SAME = new Set([
  'unchanged flink1.20',
  'unchanged flink2.3',
  'list-in-pojo flink1.20',
  'list-in-pojo flink2.3',
  'kryo-enum-reordered flink1.20',
  'kryo-enum-reordered flink2.3',
]);
