import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { openSavepoint, renameStates, type Savepoint } from '@statewright/savepoint';
import { CORPUS, type CorpusEntry, snapshots } from '../savepoint/corpus.js';
import { diffOf, openFixture } from './diff-pairs.js';

/*
 * Comparisons of snapshots that Flink's own tests were made with: one job, one release after the other. Every state gets a
 * verdict, and where nobody can tell there is one of the known reasons.
 */

const scratch = mkdtempSync(path.join(os.tmpdir(), 'statewright-diff-corpus-'));
after(() => rmSync(scratch, { recursive: true }));

/** SQL's snapshots do not tell their release; there is one of each job. */
function releaseOf({ flinkVersion }: CorpusEntry): number {
  const [major = 0, minor = 0] = String(flinkVersion).split('.').map(Number);
  return major * 100 + minor;
}

function jobOf({ id }: CorpusEntry): string {
  return id.replace(/-flink[\d.]+/, '').replace(/-(rocksdb|hashmap)?-?(savepoint|checkpoint)(-native)?$/, '');
}

/** What leaves a state undecided, and why nothing better can be said. */
const REASONS: readonly RegExp[] = [
  /RocksDB's own files/,
  /behind a changelog/,
  // A serializer of the test's own, which nothing describes.
  /TypeSerializerSnapshotMigrationITCase\$TestSerializerSnapshot/,
  // Kryo in a heap file: no length, and a format of its own.
  /a value without a known end/,
];

function pairs(): [CorpusEntry, CorpusEntry][] {
  const jobs = new Map<string, CorpusEntry[]>();
  for (const entry of snapshots()) {
    if (releaseOf(entry) < 108) continue;
    jobs.set(jobOf(entry), [...(jobs.get(jobOf(entry)) ?? []), entry]);
  }
  return [...jobs.values()].flatMap((entries) => {
    entries.sort((a, b) => releaseOf(a) - releaseOf(b) || (a.id < b.id ? -1 : 1));
    return entries.slice(1).map((entry, i): [CorpusEntry, CorpusEntry] => [entries[i]!, entry]);
  });
}

function open({ path: where }: CorpusEntry): Promise<Savepoint> {
  return openSavepoint(path.join(CORPUS, where), { relocate: true });
}

describe('savepoints of one job in consecutive releases of Flink', () => {
  const all = pairs();
  assert.ok(all.length > 60, `${all.length} pairs`);
  for (const [a, b] of all) {
    test(`${a.id} and ${b.id}`, async () => {
      const view = await diffOf(await open(a), await open(b));
      for (const { address, verdict, why, counts } of view.states) {
        if (verdict === 'unknown')
          assert.ok(
            REASONS.some((reason) => reason.test(why ?? '')),
            `${address}: ${why}`,
          );
        if (counts === null) assert.ok(why !== null || verdict === 'same', address);
      }
    });
  }
});

describe('a renamed state', () => {
  test('is one that is gone and one that is new, with the same number of entries', async () => {
    const old = await openFixture('fraud-detector-flink2.3-rocksdb-savepoint');
    const state = old.operators.flatMap(({ states }) => states).find(({ name }) => name === 'tx-count')!;
    const directory = path.join(scratch, 'renamed');
    await renameStates(old, { states: [{ state, to: 'count' }] }, directory);
    const view = await diffOf(old, await openSavepoint(directory));
    const told = view.states.filter(({ verdict }) => verdict !== 'same');
    assert.deepEqual(
      told.map(({ address, presence, counts }) => [address, presence, counts?.added, counts?.removed]),
      [
        ['fraud-detector/count', 'new', 40, 0],
        ['fraud-detector/tx-count', 'old', 0, 40],
      ],
    );
    assert.equal(view.total?.unchanged, 116);
  });
});

describe('a snapshot compared with itself', () => {
  for (const name of [
    'fraud-detector-flink2.3-rocksdb-checkpoint',
    'fraud-detector-flink2.3-hashmap-checkpoint-changelog',
    'zoo-custom-flink2.3-hashmap-checkpoint',
    'zoo-pojos-flink1.20-hashmap-checkpoint',
    'in-flight-flink2.3-hashmap-checkpoint-unaligned',
  ]) {
    test(`${name} is the same, whatever can be read of it`, async () => {
      const view = await diffOf(await openFixture(name), await openFixture(name));
      assert.equal(view.verdict, 'same');
      assert.ok(view.states.every(({ verdict }) => verdict === 'same'));
    });
  }
});
