import assert from 'node:assert/strict';
import type { StatewrightError } from '@statewright/bytes';
import { migrate, type Shown } from './in-memory.js';

/* What is expected is worked out by hand from what Flink's State Processor API reads of the same fixture. */

export const FRAUD = 'fraud-detector-flink2.3-hashmap-savepoint';
export const TYPES = 'zoo-types-flink2.3-hashmap-savepoint';
export const POJOS = 'zoo-pojos-flink2.3-hashmap-savepoint';
export const KINDS = 'zoo-kinds-flink2.3-hashmap-savepoint';

export async function refused(fixture: string, steps: string, address: string): Promise<string> {
  const error = await migrate(fixture, steps, address).then(
    () => assert.fail('nothing was thrown'),
    (thrown: StatewrightError) => thrown,
  );
  return error.reason ?? String(error);
}

export function values(entries: readonly Shown[]): unknown[] {
  return entries.map(({ value }) => value);
}
