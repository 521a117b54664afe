import type { Operator } from '@statewright/savepoint';
import type { Difference } from './diff-views.js';
import type { DiffSide, OperatorPair } from './pair-states.js';

type Fact = (operator: Operator) => string | number | undefined;

/**
 * What is compared of an operator beside its states; what a side does not tell is not compared. Names are not: SQL numbers
 * its operators anew each time, and Flink finds none by its name.
 */
const FACTS: readonly (readonly [string, Fact])[] = [
  ['parallelism', ({ parallelism }) => parallelism],
  ['max parallelism', ({ maxParallelism }) => maxParallelism],
  ['finished subtasks', ({ finishedSubtasks }) => finishedSubtasks],
  ['in-flight records', ({ channelState }) => `${channelState.handles} handles, ${channelState.bytes} bytes`],
];

/** The facts of an operator that differ between two snapshots that both have it. */
export async function operatorDifferences(
  { old, new: now }: OperatorPair,
  before: DiffSide,
  after: DiffSide,
): Promise<Difference[]> {
  if (old === undefined || now === undefined) return [];
  const facts = FACTS.flatMap(([what, fact]) => {
    const [a, b] = [fact(old), fact(now)];
    return a === undefined || b === undefined || a === b ? [] : [{ what, old: a, new: b }];
  });
  const [a, b] = [await coordinatorBytes(old, before), await coordinatorBytes(now, after)];
  if (a === b) return facts;
  return [...facts, { what: 'coordinator state', old: sizeOf(a), new: sizeOf(b) }];
}

/** The bytes of an operator coordinator, as hex. */
async function coordinatorBytes(
  { coordinatorState: span }: Operator,
  { savepoint }: DiffSide,
): Promise<string | undefined> {
  if (span === undefined) return undefined;
  return Buffer.from(await savepoint.fs.readRange(span.file, span.start, span.end)).toString('hex');
}

function sizeOf(hex: string | undefined): string | null {
  return hex === undefined ? null : `${hex.length / 2} bytes`;
}
