import type { StatewrightError } from '@statewright/bytes';
import {
  type KeyedSource,
  type NewHeader,
  type SortedRuns,
  type StateStream,
  streamWriters,
} from '@statewright/savepoint';
import type { PlannedOperator, PlannedState, StateFeed } from '../../job/planned-job.js';
import type { ResolvedPlan } from '../resolve-plan.js';
import type { TaskOutput, TaskResult, WriteTask } from '../write-task.js';
import { freshKeyedHeader, newHeaderOf } from './new-headers.js';
import { isOperatorState, statesByIdIn } from './operator-shape.js';
import { dropOf, type RewriteInto, rewriteOf, sourceStateAt, Tallies } from './rewrites.js';
import { streamResult, targetOf } from './stream-result.js';
import type { StreamWork } from './work.js';

/** Writes a keyed stream from one or several of its operator's source. */
export async function runKeyed(
  { job }: ResolvedPlan,
  { id, after }: WriteTask,
  work: StreamWork,
  results: ReadonlyMap<number, TaskResult>,
  output: TaskOutput,
): Promise<TaskResult> {
  const { operator, template } = work;
  const tallies = new Tallies(work, output);
  const { header, ids } = headerOf(work);
  const keyGroups = work.mode === 'in-place' ? template!.keyGroups! : keyGroupsOf(work);
  const into = { savepoint: job.savepoint, ids, fresh: work.mode !== 'in-place' };
  const sources = work.sources
    .filter((stream) => overlaps(stream, keyGroups))
    .map((stream) => sourceOf(work, stream, into, tallies, keyGroups));
  const compressed = template?.compressed ?? false;
  const runs =
    work.mode === 'sorted'
      ? sortedRuns(
          operator,
          after.map((task) => results.get(task)!),
          tallies,
          output,
        )
      : undefined;
  // What is sorted is canonical, whatever it was: both backends restore it.
  const format = runs === undefined ? (template!.format as 'canonical' | 'heap') : 'canonical';
  const { maxParallelism } = operator;
  const how = { format, compressed, header, states: ids.size, maxParallelism, keyGroups, sources, runs };
  const written = await streamWriters.keyed(job.savepoint, how, targetOf(work, output));
  return streamResult(id, work.name, written, { offsets: written.offsets, tallies: tallies.results() });
}

function headerOf(work: StreamWork): { header: NewHeader; ids: ReadonlyMap<PlannedState, number> } {
  const { operator, mode, template } = work;
  if (mode !== 'in-place') return freshKeyedHeader(operator, template?.compressed ?? false);
  const { change, ids } = newHeaderOf(operator, template!);
  return { header: { type: 'edited', template: template!, change }, ids };
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
  { ids, ...into }: Omit<RewriteInto, 'id'> & { readonly ids: ReadonlyMap<PlannedState, number> },
  tallies: Tallies,
  keyGroups: { readonly start: number; readonly end: number },
): KeyedSource {
  const states = statesByIdIn(operator, stream).map((state, id) =>
    state === undefined
      ? dropOf(sourceStateAt(operator, stream, id), stream, { ...into, id }, tallies)
      : rewriteOf(state, state.feeds[0] as StateFeed, stream, { ...into, id: ids.get(state)! }, tallies),
  );
  return { operator: operator.source!, stream, states, keyGroups };
}

/** The runs of the tasks before, and what happens to entries with one key. */
function sortedRuns(
  operator: PlannedOperator,
  results: readonly TaskResult[],
  tallies: Tallies,
  { scratch }: TaskOutput,
): SortedRuns {
  const files = results.flatMap((result) => result.files);
  const states = operator.states.filter((state) => !isOperatorState(state));
  return {
    fs: scratch.fs,
    paths: files.map(({ name }) => `${scratch.directory}/${name}`),
    states: states.map((state) => {
      const tally = tallies.of(state);
      const duplicates = mayCollide(state) ? (state.duplicates ?? 'fail') : undefined;
      const failed = (error: StatewrightError, key: unknown): void => tally.failedKey(error, key);
      return { state, duplicates, counts: tally.counts, failed };
    }),
  };
}

/** Whether two entries of a state may get one key: not where one feed keeps its keys apart. */
function mayCollide({ feeds }: PlannedState): boolean {
  if (feeds.length > 1) return true;
  return feeds.some((feed) => feed.type === 'load' || feed.changes.some(({ type }) => type === 'entries'));
}
