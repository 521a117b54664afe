import { type Savepoint, type State, skipScan } from '@statewright/savepoint';
import { throwIfStopped } from '../run/progress.js';
import type { CountOf } from '../run/state-changes.js';

interface Count {
  entries: number;
  bytes: number;
}

/**
 * Counts entries of states as they are stored, without decoding any: of keyed state in canonical format, and the elements of
 * operator lists. Other states are not counted.
 */
export async function countStates(
  savepoint: Savepoint,
  states: readonly State[],
  signal: AbortSignal | undefined,
): Promise<CountOf> {
  const counts = new Map<State, Count>();
  const countable = states.filter(isCountable);
  for (const state of countable) counts.set(state, listCount(state));
  const keyed = countable.flatMap(({ parts }) => parts.map(({ stream }) => stream));
  for await (const { states: scanned } of skipScan(savepoint, [...new Set(keyed)])) {
    throwIfStopped(signal);
    for (const { state, counts: scan } of scanned) {
      const count = state === undefined ? undefined : counts.get(state);
      if (count === undefined) continue;
      count.entries += sum(scan.entries);
      count.bytes += sum(scan.keyBytes) + sum(scan.valueBytes);
    }
  }
  return (state) => counts.get(state);
}

function isCountable({ kind, parts }: State): boolean {
  if (kind === 'operator-list' || kind === 'union-list') return true;
  return kind !== 'broadcast' && parts.every(({ stream }) => stream.format === 'canonical');
}

/** An operator list's elements are as many as their offsets. */
function listCount({ kind, parts }: State): Count {
  if (kind !== 'operator-list' && kind !== 'union-list') return { entries: 0, bytes: 0 };
  return {
    entries: parts.reduce((sum, { stream, stateId }) => sum + stream.states[stateId]!.offsets.length, 0),
    bytes: 0,
  };
}

function sum(numbers: Float64Array): number {
  return numbers.reduce((total, n) => total + n, 0);
}
