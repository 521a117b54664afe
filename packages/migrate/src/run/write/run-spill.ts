import {
  type Savepoint,
  type SpillSource,
  type SpillTarget,
  type StateStream,
  streamWriters,
} from '@statewright/savepoint';
import type { PlannedOperator, PlannedState, StateFeed } from '../../job/planned-job.js';
import type { ResolvedPlan } from '../resolve-plan.js';
import type { TaskOutput, TaskResult, WriteTask, WrittenFile } from '../write-task.js';
import { isOperatorState } from './operator-shape.js';
import { dropOf, rewriteOf, Tallies } from './rewrites.js';
import { CountingWriter } from './run-copy.js';
import type { SpillWork } from './work.js';

/** Sorts the keyed entries of one source for an operator into scratch files. */
export async function runSpill(
  { job }: ResolvedPlan,
  { id }: WriteTask,
  work: SpillWork,
  output: TaskOutput,
): Promise<TaskResult> {
  const tallies = new Tallies(work, output);
  const states = work.operator.states.filter((state) => !isOperatorState(state));
  const written: { readonly name: string; readonly writer: CountingWriter }[] = [];
  await streamWriters.spill(
    job.savepoint,
    sourceOf(work, states, tallies, job.savepoint),
    targetOf(work, states),
    {
      sortBytes: output.sortBytes,
      progress: (bytes) => output.progress(bytes),
      create: async (run) => {
        const name = `${work.operator.id}-${work.index}-${run}`;
        const writer = new CountingWriter(await output.createScratch(name));
        written.push({ name, writer });
        return writer;
      },
    },
  );
  const files = written.map(
    ({ name, writer }): WrittenFile => ({ name, bytes: writer.bytes, crc32c: writer.crc32c }),
  );
  return { id, files, tallies: tallies.results() };
}

/** The feeds of a state that read from a stream. */
function feedsFrom(state: PlannedState, stream: StateStream): StateFeed[] {
  return state.feeds.filter(
    (feed): feed is StateFeed =>
      feed.type === 'state' && feed.from.parts.some((part) => part.stream === stream),
  );
}

function sourceOf(
  { source, operator }: SpillWork,
  states: readonly PlannedState[],
  tallies: Tallies,
  savepoint: Savepoint,
): SpillSource {
  if (source.type === 'load') {
    const { state, feed } = source;
    const tally = tallies.of(state);
    const rewrite = {
      targetId: states.indexOf(state),
      target: state,
      counts: tally.counts,
      watch: tally,
    };
    return { type: 'load', entries: feed.entries(), rewrite };
  }
  const { stream } = source;
  const from = states.flatMap((state) => feedsFrom(state, stream))[0]!.from.operator;
  const whole = stream.format !== 'canonical';
  const rewrites = stream.states.map((_, id) => {
    const own = states.flatMap((state, targetId) =>
      feedsFrom(state, stream)
        .filter((feed) => feed.from.parts.some((part) => part.stream === stream && part.stateId === id))
        .map((feed) =>
          rewriteOf(state, feed, stream, { savepoint, id: targetId, fresh: true, whole }, tallies),
        ),
    );
    if (own.length > 0) return own;
    const gone = from.states.find((state) =>
      state.parts.some((part) => part.stream === stream && part.stateId === id),
    );
    return from === operator.source && gone !== undefined
      ? [dropOf(gone, stream, { savepoint, id }, tallies)]
      : [];
  });
  return { type: 'stream', operator: from, stream, states: rewrites };
}

function targetOf(work: SpillWork, states: readonly PlannedState[]): SpillTarget {
  const { maxParallelism } = work.operator;
  return { maxParallelism, states: states.map((state) => targetState(work, state, work.operator)) };
}

/** Keys stay in their key groups unless there is another number of them, or keys may be others. */
function targetState(
  { source }: SpillWork,
  state: PlannedState,
  { maxParallelism }: PlannedOperator,
): SpillTarget['states'][number] {
  if (source.type === 'load') return { state, hashed: true, checked: false };
  const feeds = feedsFrom(state, source.stream);
  const changes = feeds.flatMap((feed) => feed.changes);
  const rekeyed = changes.some((change) => change.type === 'entries' && change.rekeys);
  const newKeys = changes.some((change) => change.type === 'values' && change.parts.includes('key'));
  const regrouped = feeds.some((feed) => feed.from.operator.maxParallelism !== maxParallelism);
  const hashed = rekeyed || regrouped;
  return { state, hashed, checked: hashed && !rekeyed && !newKeys };
}
