import {
  type NewHeader,
  type OperatorSource,
  type OperatorStateJob,
  type Savepoint,
  type StateStream,
  streamWriters,
} from '@statewright/savepoint';
import type { Feed, PlannedState, StateFeed } from '../../job/planned-job.js';
import type { ResolvedPlan } from '../resolve-plan.js';
import type { TaskOutput, TaskResult, WriteTask } from '../write-task.js';
import { freshOperatorHeader, newHeaderOf } from './new-headers.js';
import { statesByIdIn } from './operator-shape.js';
import { dropOf, type RewriteInto, rewriteOf, sourceStateAt, Tallies } from './rewrites.js';
import { streamResult, targetOf } from './stream-result.js';
import type { StreamWork } from './work.js';

/** Writes an operator state stream: from the one that its subtask had, or a part of all elements. */
export async function runOperator(
  { job }: ResolvedPlan,
  { id }: WriteTask,
  work: StreamWork,
  output: TaskOutput,
): Promise<TaskResult> {
  const tallies = new Tallies(work, output);
  // Every subtask reads all elements when they are shared out; they are counted once.
  const counted = work.mode === 'in-place' || work.subtask === 0;
  const { header, ids } = headerOf(work);
  const { savepoint } = job;
  const fresh = work.mode !== 'in-place';
  const states = [...ids].map(([state, stateId]) =>
    stateJob(work, state, { savepoint, id: stateId, fresh }, tallies),
  );
  if (work.mode === 'in-place') addDropped(work, states, savepoint, tallies);
  const compressed = work.template?.compressed ?? false;
  const written = await streamWriters.operator(
    job.savepoint,
    { header, compressed, states },
    targetOf(work, output),
  );
  const elementOffsets = Object.fromEntries(written.elementOffsets.map((offsets, i) => [String(i), offsets]));
  return streamResult(id, work.name, written, {
    elementOffsets,
    tallies: counted ? tallies.results() : [],
  });
}

/** The header, and the states in the order of their ids. */
export function headerOf({ operator, template, mode }: StreamWork): {
  header: NewHeader;
  ids: ReadonlyMap<PlannedState, number>;
} {
  if (mode !== 'in-place') return freshOperatorHeader(operator, template);
  const { change, ids } = newHeaderOf(operator, template!);
  return { header: { type: 'edited', template: template!, change }, ids };
}

function stateJob(
  work: StreamWork,
  state: PlannedState,
  into: RewriteInto,
  tallies: Tallies,
): OperatorStateJob {
  const { name, kind, feeds } = state;
  const sources: OperatorSource[] = [];
  const loaded: OperatorStateJob['loaded'][number][] = [];
  for (const feed of feeds) {
    if (feed.type === 'state') {
      for (const stream of streamsOf(work, feed, kind === 'broadcast')) {
        sources.push(sourceOf(state, feed, stream, into, tallies));
      }
    } else {
      const tally = tallies.of(state);
      const rewrite = { targetId: into.id, target: state, counts: tally.counts, watch: tally };
      loaded.push({ entries: feed.entries(), rewrite });
    }
  }
  const { subtask, operator } = work;
  const shares = work.mode === 'shared' && kind !== 'broadcast';
  const share = shares ? { part: subtask, parts: operator.parallelism } : undefined;
  return { kind, name, sources, loaded, share };
}

/** The streams that a feed is read from: the subtask's own; all; or of broadcast state, of which each has a copy, one. */
function streamsOf(work: StreamWork, feed: Feed, broadcast: boolean): readonly StateStream[] {
  const parts = feed.type === 'state' ? feed.from.parts : [];
  const streams = parts.map(({ stream }) => stream);
  if (work.mode === 'in-place') return streams.filter((stream) => stream === work.template);
  if (!broadcast || streams.length === 0) return streams;
  return [streams[work.subtask % streams.length]!];
}

function sourceOf(
  state: PlannedState,
  feed: StateFeed,
  stream: StateStream,
  into: RewriteInto,
  tallies: Tallies,
): OperatorSource {
  const { stateId } = feed.from.parts.find((part) => part.stream === stream)!;
  return {
    stream,
    stateId,
    state: feed.from,
    rewrite: rewriteOf(state, feed, stream, into, tallies),
  };
}

/** States that are left out are read only to be counted. */
function addDropped(
  { operator, template }: StreamWork,
  states: OperatorStateJob[],
  savepoint: Savepoint,
  tallies: Tallies,
): void {
  const stream = template!;
  const dropped: OperatorSource[] = [];
  for (const [stateId, kept] of statesByIdIn(operator, stream).entries()) {
    if (kept !== undefined) continue;
    const state = sourceStateAt(operator, stream, stateId);
    dropped.push({
      stream,
      stateId,
      state,
      rewrite: dropOf(state, stream, { savepoint, id: stateId }, tallies),
    });
  }
  const [first] = states;
  if (first !== undefined) states[0] = { ...first, sources: [...first.sources, ...dropped] };
  else states.push({ kind: 'operator-list', name: '', sources: dropped, loaded: [], share: undefined });
}
