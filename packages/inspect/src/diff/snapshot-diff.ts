import type { State, StateEntry } from '@statewright/savepoint';
import type { Scratch } from '../export/sorted-rows.js';
import { type Progress, StreamProgress } from '../progress.js';
import { summarize } from '../summary.js';
import { totalCounts } from './counts.js';
import type {
  DiffVerdict,
  DiffView,
  EntryChange,
  OperatorDiff,
  StateDiff,
  UnreadDiff,
} from './diff-views.js';
import { OperatorDiffer, type StateResult } from './operator-differ.js';
import { operatorDifferences } from './operator-differences.js';
import {
  type DiffSide,
  namesOfPair,
  type OperatorPair,
  pairStates,
  presenceOf,
  type StatePair,
} from './pair-states.js';
import { type SchemaLines, schemaChanges, schemaLines } from './schema-lines.js';
import type { Side } from './sorted-sides.js';
import { type UnreadState, UnreadStates } from './unread-states.js';

/** What is compared of two snapshots, and how. */
export interface DiffOptions {
  /** `OPERATOR` or `OPERATOR/STATE` of either side; all when undefined. */
  readonly address?: string | undefined;
  /** Operators, states and types alone: reads nothing that is not open already but what is not understood. */
  readonly schemaOnly?: boolean;
  /** Another time of last access is a change. */
  readonly ttl?: boolean;
  /** Decodes both sides of key groups that hold the same bytes, too. What is found is the same. */
  readonly decodeAll?: boolean;
  /** Changes listed of each state, at most; the rest are counted. */
  readonly limit: number;
  readonly scratch: Scratch;
  readonly progress?: Progress | undefined;
  /** Awaited after every batch of entries, so that others get the thread; what it throws ends the comparison. */
  readonly pause?: (() => Promise<void>) | undefined;
}

/** A comparison of two snapshots that is under way. */
export interface SnapshotDiff {
  /** Operators, states and types: known before any entry is read. Its counts are null. */
  readonly schema: DiffView;
  /**
   * The changes that are listed, in order: operator by operator; of keyed state by key group, of a key group state by
   * state, of a state by key bytes. In constant memory; to be read to its end, and once.
   */
  changes(): AsyncGenerator<readonly EntryChange[]>;
  /** Changes that have been met so far, listed or not. */
  readonly changesSoFar: () => number;
  /** All of it, when `changes` has ended; with the changes that the caller has kept. */
  view(changes: readonly EntryChange[]): DiffView;
}

/** Begins to compare two snapshots. NO_SUCH_STATE when neither has what `address` names. */
export async function snapshotDiff(
  before: DiffSide,
  after: DiffSide,
  options: DiffOptions,
): Promise<SnapshotDiff> {
  const pairs = pairStates(before.savepoint, after.savepoint, options.address);
  const unread = new UnreadStates(before, after);
  const operators = await operatorDiffs(pairs, before, after);
  const opaque = (await Promise.all(pairs.map((pair) => unread.operator(pair)))).flat();
  const results = new Map<StatePair, StateResult | UnreadState>();
  let equalKeyGroups = 0;
  const differs: OperatorDiffer[] = [];

  async function* changes(): AsyncGenerator<readonly EntryChange[]> {
    if (options.schemaOnly === true) return;
    const readable = pairs.map(({ states }) => states.filter((pair) => unread.whyNot(pair) === undefined));
    const reached = progressOf(readable.flat(), options.progress);
    for (const [i, pair] of pairs.entries()) {
      for (const state of pair.states) {
        const why = unread.whyNot(state);
        if (why !== undefined) results.set(state, await unread.state(state, why));
      }
      const { limit, scratch, ttl = false, decodeAll = false, pause } = options;
      const shared = { before, after, ttl, limit, scratch, decodeAll, reached, pause };
      const differ = new OperatorDiffer(pair, readable[i]!, shared);
      differs.push(differ);
      yield* differ.changes();
      equalKeyGroups += differ.equalKeyGroups;
      for (const [state, result] of differ.results) results.set(state, result);
    }
  }

  const view = (kept: readonly EntryChange[]): DiffView => {
    const states = pairs.flatMap((pair) =>
      pair.states.map((state) => stateDiff(pair, state, results.get(state), before, after)),
    );
    const counts = states.flatMap((state) => state.counts ?? []);
    const read = [...results.values()].filter((result): result is StateResult => 'counts' in result);
    return {
      schemaVersion: 1,
      view: 'diff',
      old: summarize(before.savepoint, before.path),
      new: summarize(after.savepoint, after.path),
      verdict: worst([
        ...operators.map(operatorVerdict),
        ...opaque.map(unreadVerdict),
        ...states.map(({ verdict }) => verdict),
      ]),
      entries: options.schemaOnly !== true,
      ttl: options.ttl === true,
      total: options.schemaOnly === true ? null : totalCounts(counts),
      equalKeyGroups,
      operators,
      states,
      unread: opaque,
      changes: kept,
      changesLeftOut: read.reduce((sum, { leftOut }) => sum + leftOut, 0),
    };
  };
  const changesSoFar = () => differs.reduce((sum, differ) => sum + differ.changesSoFar, 0);
  return { schema: view([]), changes, changesSoFar, view };
}

function operatorDiffs(
  pairs: readonly OperatorPair[],
  before: DiffSide,
  after: DiffSide,
): Promise<OperatorDiff[]> {
  return Promise.all(
    pairs.map(async (pair) => ({
      operator: namesOfPair(pair),
      presence: presenceOf(pair),
      differences: await operatorDifferences(pair, before, after),
    })),
  );
}

function stateDiff(
  operator: OperatorPair,
  pair: StatePair,
  result: StateResult | UnreadState | undefined,
  before: DiffSide,
  after: DiffSide,
): StateDiff {
  const { old, new: now } = pair;
  const schema = schemaChanges(linesOf(old, before), linesOf(now, after));
  const names = namesOfPair(operator);
  const state = (now ?? old)!;
  const unread = result !== undefined && !('counts' in result) ? result : undefined;
  const read = result !== undefined && 'counts' in result ? result : undefined;
  const presence = presenceOf(pair);
  const known = pair.unsure !== undefined ? 'unknown' : schema.length > 0 ? 'differs' : 'same';
  return {
    operator: names,
    name: state.name,
    kind: state.kind,
    address: `${names.uid ?? names.name ?? names.id}/${state.name}`,
    presence,
    verdict: worst([known, entriesVerdict(read, unread)]),
    schema,
    counts: read?.counts ?? null,
    mapEntries: read?.mapEntries ?? null,
    why: read?.why ?? (unread?.same === true ? undefined : unread?.why) ?? pair.unsure ?? null,
    files: unread?.files ?? null,
  };
}

function linesOf(state: State | undefined, { describe }: DiffSide): SchemaLines {
  return state === undefined ? new Map() : schemaLines(state, describe);
}

function entriesVerdict(read: StateResult | undefined, unread: UnreadState | undefined): DiffVerdict {
  if (unread !== undefined) return unread.same ? 'same' : 'unknown';
  if (read === undefined) return 'same';
  const { added, removed, changed, oldNotCompared, newNotCompared } = read.counts;
  if (added + removed + changed > 0) return 'differs';
  return oldNotCompared + newNotCompared > 0 ? 'unknown' : 'same';
}

function operatorVerdict({ presence, differences }: OperatorDiff): DiffVerdict {
  return presence !== 'both' || differences.length > 0 ? 'differs' : 'same';
}

function unreadVerdict({ sameBytes }: UnreadDiff): DiffVerdict {
  return sameBytes ? 'same' : 'unknown';
}

/** What is known to differ outweighs what nobody knows. */
function worst(verdicts: readonly DiffVerdict[]): DiffVerdict {
  if (verdicts.includes('differs')) return 'differs';
  return verdicts.includes('unknown') ? 'unknown' : 'same';
}

/** One bar for both sides. */
function progressOf(
  pairs: readonly StatePair[],
  tell: Progress | undefined,
): (side: Side, last: StateEntry) => void {
  const at = { old: { done: 0, total: 0 }, new: { done: 0, total: 0 } };
  const told = (side: Side) => (done: number, total: number) => {
    at[side] = { done, total };
    tell?.(at.old.done + at.new.done, at.old.total + at.new.total);
  };
  const statesOn = (side: Side): State[] => pairs.flatMap((pair) => pair[side] ?? []);
  const progress = {
    old: new StreamProgress(statesOn('old'), told('old')),
    new: new StreamProgress(statesOn('new'), told('new')),
  };
  return (side, last) => {
    if (tell !== undefined) progress[side].reached(last);
  };
}
