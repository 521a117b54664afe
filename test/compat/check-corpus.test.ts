import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, test } from 'node:test';
import { type CheckView, checkSnapshot, jobSchemaOf } from '@statewright/compat';
import { describer } from '@statewright/inspect';
import { openOperatorSnapshot, openSavepoint, type Savepoint } from '@statewright/savepoint';
import { CORPUS, type CorpusEntry, corpus, snapshots } from '../savepoint/corpus.js';

/*
 * Snapshots that Flink's own migration tests restore: those of one job, one release after the other. Each test restores the
 * snapshots of all earlier releases that its own release supports, so that a check must find nothing to refuse and nothing
 * that nobody can tell.
 */

/** What cannot be better, each with the reason. */
const EXCEPTIONS: readonly { readonly state: RegExp; readonly verdict: string; readonly why: string }[] = [
  {
    state: /^20ba6b65f97481d5570070de90e4e791\/testState$/,
    verdict: 'unknown',
    why: "TypeSerializerSnapshotMigrationITCase has a snapshot class of its own, which decides in Flink's test",
  },
  {
    state: /^d1392353922252257afa15351a98bae9\/enumThreeState$/,
    verdict: 'dropped',
    why: 'the job that wrote the snapshot of 1.19 has no such state',
  },
  {
    state: /\/_timer_state\/(processing|event)_user-timers$/,
    verdict: 'dropped',
    why: 'the jobs that wrote the checkpoints of 1.16 and 1.17 have no timers in two operators',
  },
  {
    state: /\/nfaOperatorStateName$/,
    verdict: 'dropped',
    why: 'a name that CEP no longer uses; the snapshots of 1.8 and 1.10 have it, without entries',
  },
  {
    state: /\/sharedBuffer-entries$/,
    verdict: 'dropped',
    why: 'CEP of 1.13 to 1.20 registers the old name, moves its entries and drops it (SharedBuffer#migrateOldState)',
  },
];

const BACKENDS = ['hashmap', 'rocksdb'] as const;

function releaseOf({ flinkVersion }: CorpusEntry): number {
  const [major = 0, minor = 0] = String(flinkVersion).split('.').map(Number);
  return major * 100 + minor;
}

function jobOf({ id }: CorpusEntry): string {
  return id.replace(/-flink[\d.]+/, '');
}

/** Consecutive releases of one job, from 1.8 on: older snapshots have forms that no release since 1.17 reads. */
function pairs(all: readonly CorpusEntry[]): [CorpusEntry, CorpusEntry][] {
  const jobs = new Map<string, CorpusEntry[]>();
  for (const entry of all) {
    if (releaseOf(entry) < 108) continue;
    jobs.set(jobOf(entry), [...(jobs.get(jobOf(entry)) ?? []), entry]);
  }
  return [...jobs.values()].flatMap((entries) => {
    entries.sort((a, b) => releaseOf(a) - releaseOf(b) || (a.id < b.id ? -1 : 1));
    return entries.slice(1).map((entry, i): [CorpusEntry, CorpusEntry] => [entries[i]!, entry]);
  });
}

function open({ kind, path: where }: CorpusEntry): Promise<Savepoint> {
  const file = path.join(CORPUS, where);
  return kind === 'operator-snapshot' ? openOperatorSnapshot(file) : openSavepoint(file, { relocate: true });
}

async function check(old: CorpusEntry, now: CorpusEntry): Promise<CheckView[]> {
  const [before, after] = [await open(old), await open(now)];
  const [major = 1, minor = 20] = String(now.flinkVersion).split('.').map(Number);
  const written =
    jobSchemaOf(before).operators.length > 0 ? BACKENDS.filter((name) => canRead(name, before)) : [];
  return written.map((backend) =>
    checkSnapshot(
      { savepoint: before, path: old.id, describe: describer() },
      {
        now: jobSchemaOf(after, now.id),
        target: { major, minor },
        backend,
        policy: { level: 'data', failOn: 'error', rules: new Map(), ignores: [], baseline: undefined },
        today: '2026-12-01',
      },
    ),
  );
}

/** Checkpoints and native savepoints are for the backend that wrote them. */
function canRead(backend: 'hashmap' | 'rocksdb', { operators }: Savepoint): boolean {
  const formats = new Set(operators.flatMap(({ streams }) => streams.map(({ format }) => format)));
  return !formats.has(backend === 'hashmap' ? 'rocksdb' : 'heap');
}

describe('savepoints of one job in consecutive releases of Flink', () => {
  const all = pairs(snapshots());
  assert.ok(all.length > 60, `${all.length} pairs`);
  compareAll(all);
});

describe('snapshots of one operator in consecutive releases of Flink', () => {
  const all = pairs(corpus('operator-snapshot'));
  assert.ok(all.length > 50, `${all.length} pairs`);
  compareAll(all);
});

function compareAll(all: readonly [CorpusEntry, CorpusEntry][]): void {
  for (const [old, now] of all) {
    test(`${old.id} and ${now.id}`, async () => {
      const views = await check(old, now);
      assert.ok(views.length > 0);
      for (const { states, findings } of views) {
        assert.ok(states.length > 0);
        for (const { address, verdict } of states) {
          const known = EXCEPTIONS.some((one) => one.verdict === verdict && one.state.test(address));
          const fine = !['incompatible', 'unknown', 'dropped'].includes(verdict);
          assert.ok(fine || known, `${address} is ${verdict}`);
        }
        const errors = findings.filter(({ severity, state = '' }) => {
          return severity === 'error' && !EXCEPTIONS.some((one) => one.state.test(state));
        });
        assert.deepEqual(errors, []);
      }
    });
  }
}
