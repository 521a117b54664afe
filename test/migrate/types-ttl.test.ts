import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { printType } from '@statewright/compat';
import type { MigratedEntry, StateFeed } from '@statewright/migrate';
import { MapValue, Opaque } from '@statewright/serializers';
import { resolve } from './types-run.js';

const NEW_YEAR = BigInt(Date.parse('2026-01-01T00:00:00Z'));

async function stateOf(snapshot: string, plan: string, name: string) {
  const { job, steps } = await resolve(snapshot, plan, '1.20', { uids: ['sessions'] });
  const state = job.operators
    .flatMap(({ states }) => states)
    .find((one) => one.name === name && one.kind !== 'timer')!;
  const [change] = (state.feeds[0] as StateFeed).changes;
  assert.ok(change?.type === 'entries');
  const convert = change.open({ count: () => {} });
  return { type: printType(state.valueSerializer), convert, category: steps[0]!.category };
}

function entry(value: unknown, ttl?: bigint | bigint[]): MigratedEntry {
  return { key: 'k', namespace: null, value, ttl, keyGroup: 0, subtask: undefined };
}

for (const flink of ['1.20', '2.3']) {
  const plain = `fixtures/migrate/add-ttl/flink${flink}/source`;
  const timed = `fixtures/migrate/remove-ttl/flink${flink}/source`;
  const add = (name: string, at = '"2026-01-01T00:00:00Z"') =>
    stateOf(plain, `version: 1\nsteps: [{ add-ttl: { state: sessions/${name}, last-used: ${at} } }]`, name);
  const remove = (name: string) =>
    stateOf(timed, `version: 1\nsteps: [{ remove-ttl: { state: sessions/${name} } }]`, name);

  describe(`steps add-ttl and remove-ttl, Flink ${flink}`, () => {
    it('put the time around a value, around each element of a list and around each value of a map', async () => {
      const [count, pages, visits] = [await add('count'), await add('pages'), await add('visits')];
      assert.equal(count.type, 'ttl<long>');
      assert.equal(pages.type, 'list<ttl<string>>');
      assert.equal(visits.type, 'map<string, ttl<long>>');
      assert.equal(count.convert(entry(5n))[0]!.ttl, NEW_YEAR);
      assert.deepEqual(pages.convert(entry(['a', 'b']))[0]!.ttl, [NEW_YEAR, NEW_YEAR]);
      assert.deepEqual(visits.convert(entry(new MapValue([['a', 1n]])))[0]!.ttl, [NEW_YEAR]);
      assert.equal(count.category, 'rewriting');
    });

    it('take the time off again, and say that it is lost', async () => {
      const [count, pages, visits] = [await remove('count'), await remove('pages'), await remove('visits')];
      assert.deepEqual([count.type, pages.type, visits.type], ['long', 'list<string>', 'map<string, long>']);
      assert.equal(count.convert(entry(5n, NEW_YEAR))[0]!.ttl, undefined);
      assert.equal(pages.convert(entry(['a'], [NEW_YEAR]))[0]!.ttl, undefined);
      assert.equal(count.category, 'lossy');
    });

    it('take epoch for a time that has expired, and refuse what is no time', async () => {
      assert.equal((await add('count', 'epoch')).convert(entry(1n))[0]!.ttl, 0n);
      await assert.rejects(add('count', 'yesterday'), { code: 'BAD_DOCUMENT', message: /no moment/ });
    });

    it('refuse elements that lie in the bytes of another', async () => {
      const whole = (bytes: number, serializer: string) =>
        new Opaque(
          new Uint8Array(bytes),
          { file: 'f', start: 0, end: bytes },
          'not known',
          undefined,
          serializer,
        );
      const swallowed = [whole(5, 'KryoSerializer'), whole(0, '')];
      const { convert } = await add('pages');
      assert.throws(() => convert(entry(swallowed)), {
        code: 'CANNOT_ENCODE',
        message: /by a step "kryo-to"/,
      });
      assert.equal(convert(entry([whole(5, 'KryoSerializer')])).length, 1);
    });

    it('refuse a state that has TTL already, or has none', async () => {
      const twice = `version: 1\nsteps: [{ add-ttl: { state: sessions/count, last-used: now } }]`;
      await assert.rejects(stateOf(timed, twice, 'count'), { message: /has TTL already/ });
      const none = `version: 1\nsteps: [{ remove-ttl: { state: sessions/count } }]`;
      await assert.rejects(stateOf(plain, none, 'count'), { message: /has no TTL/ });
    });
  });
}
