import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DataInputView, StatewrightError } from '@statewright/bytes';
import { type FlinkVersion, flinkVersion, predictOn, resolveInPlace } from '@statewright/compat';
import { readSerializerSnapshot, type SerializerSnapshot } from '@statewright/serializers';
import { entryFile, type SerializerEntry, serializerEntries } from '../serializers/corpus.js';

/*
 * Flink's own upgrade tests restore each of these snapshots with the release whose test jar holds it, and expect that the
 * values come back. So none of them may be INCOMPATIBLE or UNKNOWN for that release: neither for the unchanged job, nor
 * against the newest snapshot of the same test. `source` is the coordinate of the jar.
 */

type Entry = SerializerEntry & { readonly source: string };
interface Case {
  readonly id: string;
  readonly test: string;
  readonly wroteIt: FlinkVersion | undefined;
  readonly release: FlinkVersion;
  readonly snapshot: SerializerSnapshot;
}

function release(entry: Entry): FlinkVersion {
  return flinkVersion(entry.source.split(':')[2]!)!;
}

function read(entry: Entry): readonly Case[] {
  if (!entry.hasSnapshot || entry.proxyVersion !== 2) return [];
  try {
    const snapshot = readSerializerSnapshot(new DataInputView(entryFile(entry, 'snapshot'), entry.id));
    const name = `${entry.source.split(':')[2]} ${entry.id.replace(/-[\d.]+$/, '')}`;
    const wroteIt = flinkVersion(entry.flinkVersion);
    return [{ id: entry.id, test: name, wroteIt, release: release(entry), snapshot }];
  } catch (error) {
    // What cannot be read at all is held to a list by the tests of the serializers.
    if (error instanceof StatewrightError) return [];
    throw error;
  }
}

const CASES = (serializerEntries() as Entry[]).flatMap(read);

function order({ wroteIt }: Case): number {
  return wroteIt === undefined ? 0 : wroteIt.major * 1000 + wroteIt.minor;
}

function refusedBy(one: Case, now: SerializerSnapshot, backend: 'hashmap' | 'rocksdb'): readonly string[] {
  const target = { version: one.release, sourceVersion: one.wroteIt, backend };
  const { verdict, restores, readable, notes } = resolveInPlace(one.snapshot, now, target);
  const isFine =
    verdict !== 'INCOMPATIBLE' && verdict !== 'UNKNOWN' && restores === 'yes' && readable !== 'no';
  return isFine ? [] : [`${one.test} ${one.id} ${verdict} ${notes[0]?.reason ?? ''}`];
}

describe("the serializers of Flink's upgrade tests", () => {
  test('there are more than a thousand', () => assert.ok(CASES.length > 1000, `${CASES.length}`));

  for (const backend of ['hashmap', 'rocksdb'] as const) {
    test(`each is restored by the unchanged job, ${backend}`, () => {
      const refused = CASES.flatMap((one) => refusedBy(one, predictOn(one.release, one.snapshot), backend));
      assert.deepEqual(refused, []);
    });

    test(`each is restored by the newest job of the same test, ${backend}`, () => {
      const newest = new Map<string, Case>();
      for (const one of CASES) {
        const known = newest.get(one.test);
        if (known === undefined || order(one) >= order(known)) newest.set(one.test, one);
      }
      const refused = CASES.flatMap((one) => {
        const now = predictOn(one.release, newest.get(one.test)!.snapshot);
        return refusedBy(one, now, backend);
      });
      assert.deepEqual(refused, []);
    });
  }
});
