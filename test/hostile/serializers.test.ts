import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Tally } from './counter.js';
import { guarded } from './guard.js';

const SEED = 20_260_114;

async function expectNothingWrong(run: string, input: unknown): Promise<Tally> {
  const tally = await guarded<Tally>(run, input);
  assert.deepEqual(tally.wrong.slice(0, 20), []);
  return tally;
}

test('15,000 flipped bits in serializer snapshots and values: an error, or all of what the bytes say', async () => {
  const { cases } = await expectNothingWrong('serializerFlips', { count: 15_000, seed: SEED });
  assert.equal(cases, 15_000);
});

test('every serializer snapshot and value of the corpus cut at every byte: an error, or opaque', async () => {
  const { cases } = await expectNothingWrong('serializerCuts', {});
  assert.ok(cases > 50_000, `${cases} cases`);
});
