import { type KeyedSource, type NewHeader, type StateStream, writeKeyedStream } from '@statewright/savepoint';
import type { PlannedState, StateFeed } from '../../job/planned-job.js';
import type { ResolvedPlan } from '../resolve-plan.js';
import type { TaskOutput, TaskResult, WriteTask } from '../write-task.js';
import { freshKeyedHeader, newHeaderOf } from './new-headers.js';
import { statesByIdIn } from './operator-shape.js';
import { dropOf, rewriteOf, sourceStateAt, Tallies } from './rewrites.js';
import { streamResult, targetOf } from './stream-result.js';
import type { StreamWork } from './work.js';

/** Writes a keyed stream from one or several of its operator's source. */
export async function runKeyed(
  { job }: ResolvedPlan,
  { id }: WriteTask,
  work: StreamWork,
  output: TaskOutput,
): Promise<TaskResult> {
  const { operator } = work;
  const template = work.template!;
  const tallies = new Tallies(work, output);
  const { header, ids } = headerOf(work);
  const keyGroups = work.mode === 'in-place' ? template.keyGroups! : keyGroupsOf(work);
  const sources = work.sources
    .filter((stream) => overlaps(stream, keyGroups))
    .map((stream) => sourceOf(work, stream, ids, tallies, keyGroups));
  const { compressed } = template;
  const format = template.format as 'canonical' | 'heap';
  const { maxParallelism } = operator;
  const how = { format, compressed, header, states: ids.size, maxParallelism, keyGroups, sources };
  const written = await writeKeyedStream(job.savepoint, how, targetOf(work, output));
  return streamResult(id, work.name, written, { offsets: written.offsets, tallies: tallies.results() });
}

function headerOf(work: StreamWork): { header: NewHeader; ids: ReadonlyMap<PlannedState, number> } {
  const { operator, mode } = work;
  const template = work.template!;
  if (mode !== 'in-place') return freshKeyedHeader(operator, template.compressed);
  const { change, ids } = newHeaderOf(operator, template);
  return { header: { type: 'edited', template, change }, ids };
}

/** The key groups of a subtask. Follows `KeyGroupRangeAssignment#computeKeyGroupRangeForOperatorIndex` (Flink 2.3). */
export function keyGroupsOf({ operator, subtask }: Pick<StreamWork, 'operator' | 'subtask'>): {
  start: number;
  end: number;
} {
  const { parallelism, maxParallelism } = operator;
  const start = Math.floor((subtask * maxParallelism + parallelism - 1) / parallelism);
  return { start, end: Math.floor(((subtask + 1) * maxParallelism - 1) / parallelism) };
}

function overlaps(
  { keyGroups }: StateStream,
  range: { readonly start: number; readonly end: number },
): boolean {
  return keyGroups !== undefined && keyGroups.start <= range.end && keyGroups.end >= range.start;
}

function sourceOf(
  { operator }: StreamWork,
  stream: StateStream,
  ids: ReadonlyMap<PlannedState, number>,
  tallies: Tallies,
  keyGroups: { readonly start: number; readonly end: number },
): KeyedSource {
  const states = statesByIdIn(operator, stream).map((state, id) =>
    state === undefined
      ? dropOf(sourceStateAt(operator, stream, id), stream, id, tallies)
      : rewriteOf(state, state.feeds[0] as StateFeed, stream, ids.get(state)!, tallies),
  );
  return { operator: operator.source!, stream, states, keyGroups };
}
