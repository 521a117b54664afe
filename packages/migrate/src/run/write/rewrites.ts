import type { Savepoint, State, StateRewrite, StateStream } from '@statewright/savepoint';
import type { PlannedOperator, PlannedState, StateFeed } from '../../job/planned-job.js';
import type { StateTally, TaskOutput } from '../write-task.js';
import { plannedReading, reencodedParts } from './alike.js';
import { composeChanges } from './compose-changes.js';
import { kryoEnds } from './kryo-ends.js';
import { newStateIn } from './new-headers.js';
import { StateTallying } from './tallies.js';
import type { StreamWork } from './work.js';

/** Where in the plan a tally belongs. */
type Place = Pick<StateTally, 'operator' | 'state' | 'from'>;

/** The tallies of a task: one for each planned state, and for each that is left out. */
export class Tallies {
  private readonly byState = new Map<PlannedState | string, StateTallying>();

  constructor(
    private readonly work: Pick<StreamWork, 'operator' | 'operatorIndex'>,
    private readonly output: Pick<TaskOutput, 'samples'>,
  ) {}

  of(state: PlannedState): StateTallying {
    const { operator, operatorIndex } = this.work;
    return this.at(state, { operator: operatorIndex, state: operator.states.indexOf(state) });
  }

  /** Of a state of the snapshot that the plan has no more. */
  ofDropped({ name, kind, operator }: State): StateTallying {
    const from = { operatorId: operator.id, name, kind };
    return this.at(JSON.stringify(from), { operator: this.work.operatorIndex, state: -1, from });
  }

  private at(key: PlannedState | string, place: Place): StateTallying {
    let tally = this.byState.get(key);
    if (tally === undefined) {
      tally = new StateTallying(place, this.output.samples);
      this.byState.set(key, tally);
    }
    return tally;
  }

  results(): StateTally[] {
    return [...this.byState.values()].map((tally) => tally.result());
  }
}

/** Into what entries of a feed go. */
export interface RewriteInto {
  readonly savepoint: Savepoint;
  /** The state's id in the stream that is written. */
  readonly id: number;
  /** The stream gets a header that is not made from its own. */
  readonly fresh?: boolean | undefined;
  /** See `composeChanges`. */
  readonly whole?: boolean | undefined;
}

/** What becomes of the entries of a feed in one stream. */
export function rewriteOf(
  state: PlannedState,
  feed: StateFeed,
  stream: StateStream,
  { savepoint, id, fresh = false, whole = false }: RewriteInto,
  tallies: Tallies,
): StateRewrite {
  const tally = tallies.of(state);
  const { from } = feed;
  const formats = [...kryoEnds(savepoint, stream.format === 'heap'), ...(feed.formats ?? [])];
  const composed = composeChanges(feed.changes, from.kind, tally, whole);
  const rewrite = { targetId: id, formats, counts: tally.counts, watch: tally };
  if (!fresh) {
    const readAs = plannedReading(state, from, stream, savepoint.formats);
    return { ...rewrite, ...composed, readAs, target: newStateIn(state, from, stream) };
  }
  const parts = composed.entries === undefined ? reencodedParts(from, stream, savepoint.formats) : undefined;
  const values = parts === undefined ? composed.values : { ...parts, ...composed.values };
  return { ...rewrite, ...composed, values, target: state };
}

/** Counts the entries of a state that is left out. */
export function dropOf(
  from: State,
  stream: StateStream,
  { savepoint, id }: RewriteInto,
  tallies: Tallies,
): StateRewrite {
  const tally = tallies.ofDropped(from);
  const formats = kryoEnds(savepoint, stream.format === 'heap');
  return { targetId: -1, target: stream.states[id]!, formats, counts: tally.counts, watch: tally };
}

/** The state of the snapshot that a stream holds under an id. */
export function sourceStateAt({ source }: PlannedOperator, stream: StateStream, id: number): State {
  return source!.states.find((state) =>
    state.parts.some((part) => part.stream === stream && part.stateId === id),
  )!;
}
