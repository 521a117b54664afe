import type { State } from '@statewright/savepoint';
import type { ChangeEvent } from '../job/entry-change.js';
import type { PlannedOperator, PlannedState } from '../job/planned-job.js';
import { stateLabel } from '../job/select.js';
import type { BeforeAfter, EventView, StateChangeView, StepView } from '../views.js';
import type { ResolvedPlan } from './resolve-plan.js';
import type { StateTally, TaskResult } from './write-task.js';

/** Failures and samples told of each state, at most. */
const MOST_TOLD = 5;

/** How many entries a state of the snapshot has, and their bytes; undefined where they were not counted. */
export type CountOf = (state: State) => { readonly entries: number; readonly bytes: number } | undefined;

/** What becomes of the states of a snapshot. */
export interface StateChanges {
  readonly states: readonly StateChangeView[];
  /** States that are as they were. */
  readonly unchanged: number;
}

/** A state as it will be, with its place in the planned job. */
interface PlacedState {
  readonly operator: PlannedOperator;
  readonly state: PlannedState;
  readonly at: readonly [operator: number, state: number];
}

/** The states that are not as they were, in the order of the planned job, and behind them those that are left out. */
export function stateChanges(
  { job }: ResolvedPlan,
  results: Iterable<TaskResult>,
  samples: number,
  countOf: CountOf = () => undefined,
): StateChanges {
  const tallies = talliesByState(results);
  const placed = job.operators.flatMap((operator, i) =>
    operator.states.map((state, j): PlacedState => ({ operator, state, at: [i, j] })),
  );
  const changed = placed.filter((each) => !isUnchanged(each));
  const used = new Set(
    placed.flatMap(({ state }) => state.feeds.flatMap((feed) => (feed.type === 'state' ? [feed.from] : []))),
  );
  const dropped = job.savepoint.operators.flatMap(({ states }) => states.filter((state) => !used.has(state)));
  return {
    states: [
      ...changed.map((each) => changedView(each, tallies.get(each.at.join()) ?? [], samples, countOf)),
      ...dropped.map((state) =>
        droppedView(state, droppedCount(tallies.get(keyOfDropped(state))) ?? countOf(state)),
      ),
    ],
    unchanged: placed.length - changed.length,
  };
}

/** Sources of states whose entries are copied without being looked at, and of states that are left out: what is not tallied. */
export function uncountedStates(resolved: ResolvedPlan, results: Iterable<TaskResult>): readonly State[] {
  const tallies = talliesByState(results);
  const { job } = resolved;
  const copied = new Set<State>();
  const used = new Set<State>();
  for (const [i, operator] of job.operators.entries()) {
    for (const [j, state] of operator.states.entries()) {
      const from = state.feeds.flatMap((feed) => (feed.type === 'state' ? [feed.from] : []));
      for (const each of from) used.add(each);
      const isTold = isUnchanged({ operator, state, at: [i, j] }) || tallies.has(`${i},${j}`);
      if (!isTold) for (const each of from) copied.add(each);
    }
  }
  const all = job.savepoint.operators.flatMap(({ states }) => states);
  return all.filter((state) => copied.has(state) || !(used.has(state) || tallies.has(keyOfDropped(state))));
}

/** Whether a state is the snapshot's, in the same place, under the same name, with the same types and entries. */
function isUnchanged({ operator, state }: PlacedState): boolean {
  const [feed, ...others] = state.feeds;
  if (feed === undefined || others.length > 0 || feed.type !== 'state' || feed.changes.length > 0)
    return false;
  const { from } = feed;
  return (
    from.operator === operator.source &&
    from.operator.id === operator.id &&
    from.operator.maxParallelism === operator.maxParallelism &&
    from.operator.parallelism === operator.parallelism &&
    from.name === state.name &&
    from.kind === state.kind &&
    hasSameTypes(from, state)
  );
}

function hasSameTypes(from: State, state: PlannedState): boolean {
  const [part] = from.parts;
  const as = part?.stream.states[part.stateId];
  return (
    from.keySerializer === state.keySerializer &&
    from.namespaceSerializer === state.namespaceSerializer &&
    from.valueSerializer === state.valueSerializer &&
    as?.userKeySerializer === state.userKeySerializer
  );
}

function changedView(
  { operator, state }: PlacedState,
  tallies: readonly StateTally[],
  samples: number,
  countOf: CountOf,
): StateChangeView {
  const sources = state.feeds.flatMap((feed) => (feed.type === 'state' ? [feed.from] : []));
  const isTallied = tallies.length > 0;
  const counted = isTallied ? undefined : sumOf(sources.map(countOf));
  const sum = (pick: (tally: StateTally) => number) =>
    tallies.reduce((total, tally) => total + pick(tally), 0);
  const both = (before: () => number, after: () => number, copied: number | undefined): BeforeAfter =>
    isTallied ? { before: before(), after: after() } : { before: copied ?? null, after: copied ?? null };
  return {
    address: stateLabel(operator, state),
    mark: markOf(state, sources),
    operatorId: operator.id,
    name: state.name,
    kind: state.kind,
    from: state.feeds.map((feed) => (feed.type === 'state' ? labelOf(feed.from) : feed.file)),
    entries: both(
      () => sum(({ entriesIn }) => entriesIn),
      () => sum(({ entriesOut }) => entriesOut),
      counted?.entries,
    ),
    bytes: both(
      () => sum(({ bytesIn }) => bytesIn),
      () => sum(({ bytesOut }) => bytesOut),
      counted?.bytes,
    ),
    events: eventsOf(tallies),
    failures: tallies.flatMap(({ failures }) => failures).slice(0, MOST_TOLD),
    samples: tallies.flatMap((tally) => tally.samples).slice(0, samples),
  };
}

function markOf(state: PlannedState, sources: readonly State[]): StateChangeView['mark'] {
  if (sources.length === 0) return '+';
  const [from] = sources;
  const isChanged =
    state.feeds.length > 1 || state.feeds.some((feed) => feed.type === 'load' || feed.changes.length > 0);
  return isChanged || state.kind !== from!.kind || !hasSameTypes(from!, state) ? '~' : '>';
}

function droppedView(state: State, count: ReturnType<CountOf>): StateChangeView {
  return {
    address: labelOf(state),
    mark: '-',
    operatorId: state.operator.id,
    name: state.name,
    kind: state.kind,
    from: [labelOf(state)],
    entries: { before: count?.entries ?? null, after: 0 },
    bytes: { before: count?.bytes ?? null, after: 0 },
    events: [],
    failures: [],
    samples: [],
  };
}

function droppedCount(tallies: readonly StateTally[] | undefined): ReturnType<CountOf> {
  return tallies?.reduce(
    (sum, { entriesIn, bytesIn }) => ({ entries: sum.entries + entriesIn, bytes: sum.bytes + bytesIn }),
    { entries: 0, bytes: 0 },
  );
}

function keyOfDropped({ operator, name, kind }: State): string {
  return droppedKey({ operatorId: operator.id, name, kind });
}

/** What tallies of a state that is left out are known by. */
function droppedKey({ operatorId, name, kind }: NonNullable<StateTally['from']>): string {
  return JSON.stringify([operatorId, kind, name]);
}

/** As `stateLabel` calls states, of one of the snapshot. */
function labelOf({ operator: { uid, name, id }, name: state }: State): string {
  return `${uid ?? name ?? id.slice(0, 8)}/${state}`;
}

function sumOf(counts: readonly ReturnType<CountOf>[]): ReturnType<CountOf> {
  if (counts.length === 0) return undefined;
  return counts.reduce((total, count) =>
    total === undefined || count === undefined
      ? undefined
      : { entries: total.entries + count.entries, bytes: total.bytes + count.bytes },
  );
}

function talliesByState(results: Iterable<TaskResult>): ReadonlyMap<string, readonly StateTally[]> {
  const found = new Map<string, StateTally[]>();
  for (const { tallies } of [...results].sort((a, b) => a.id - b.id)) {
    for (const tally of tallies) {
      const { from } = tally;
      const key = from === undefined ? `${tally.operator},${tally.state}` : droppedKey(from);
      const known = found.get(key);
      if (known === undefined) found.set(key, [tally]);
      else known.push(tally);
    }
  }
  return found;
}

/** What happened, over some tallies; of one step or of all. */
function eventsOf(tallies: readonly StateTally[], step?: number): EventView[] {
  const counts = new Map<ChangeEvent, number>();
  for (const event of tallies.flatMap(({ events }) => events)) {
    if (step === undefined || event.step === step) {
      counts.set(event.what, (counts.get(event.what) ?? 0) + event.count);
    }
  }
  return [...counts].map(([what, count]) => ({ what, count })).sort((a, b) => (a.what < b.what ? -1 : 1));
}

/** The steps with what happened to values at each. */
export function withEvents(steps: readonly StepView[], results: Iterable<TaskResult>): readonly StepView[] {
  const tallies = [...results].flatMap((result) => result.tallies);
  return steps.map((step) => ({ ...step, events: eventsOf(tallies, step.index) }));
}
