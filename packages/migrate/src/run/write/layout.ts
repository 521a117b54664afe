import {
  CopyPlan,
  type FileCopy,
  type KeyedStateHandle,
  type OperatorStateHandle,
  type StateStream,
  type StreamRef,
  type StreamStateHandle,
} from '@statewright/savepoint';
import type { PlannedOperator } from '../../job/planned-job.js';
import { operatorLabel } from '../../job/select.js';
import type { ResolvedPlan } from '../resolve-plan.js';
import type { WriteTask } from '../write-task.js';
import { checkOperator } from './check-operator.js';
import { keyedModeOf, spillsOf } from './operator-shape.js';
import { subtasksOf } from './subtasks.js';
import { type OperatorLayout, SLOTS, type SpillWork, type StreamWork, type TaskWork } from './work.js';

/** How the result is made: the same for the same resolved plan, whoever asks. */
export interface JobLayout {
  readonly operators: readonly OperatorLayout[];
  readonly tasks: readonly (WriteTask & { readonly work: TaskWork })[];
  readonly copies: CopyPlan;
  /** The new handles of what is copied. */
  readonly copied: ReadonlyMap<StateStream, KeyedStateHandle | OperatorStateHandle | undefined>;
}

const LAYOUTS = new WeakMap<ResolvedPlan, JobLayout>();

/** The layout of a resolved plan. NOT_SUPPORTED for what cannot be written. */
export function layoutOf(resolved: ResolvedPlan): JobLayout {
  let layout = LAYOUTS.get(resolved);
  if (layout === undefined) {
    layout = layOut(resolved, undefined);
    LAYOUTS.set(resolved, layout);
  }
  return layout;
}

/** The layout; `metadata`, the bytes of the old file, is needed for the new inline bytes only. */
export function layOut({ job, writing }: ResolvedPlan, metadata: Uint8Array | undefined): JobLayout {
  const operators = job.operators.map((planned, index): OperatorLayout => {
    checkOperator(job, planned, writing);
    return { planned, subtasks: subtasksOf(job, planned, index) };
  });
  const fates = operators.flatMap(({ subtasks }) =>
    subtasks.flatMap(({ fates: each }) => SLOTS.flatMap((slot) => each[slot] ?? [])),
  );
  const works = fates.flatMap((fate) => (fate.type === 'copied' ? [] : [fate.work]));
  const dropped = new Set(fates.flatMap((fate) => (fate.type === 'dropped' ? [fate.work] : [])));
  const kept = fates.flatMap((fate) => (fate.type === 'copied' ? [fate] : []));
  const edits = new Map(
    kept.flatMap(({ stream, edit }) => (edit === undefined ? [] : [[stream.handle, edit]])),
  );
  const refs = refsOf(kept.map(({ stream }) => stream));
  const names = works.map(({ name }) => name);
  const copies = new CopyPlan((handle) => refs.get(handle)!, edits, metadata, job.location, names);
  const copied = new Map(kept.map(({ stream }) => [stream, copies.handle(stream.handle)]));
  const spills = job.operators.flatMap((operator, index) =>
    keyedModeOf(operator) === 'sorted' ? spillsOf(operator, index) : [],
  );
  return { operators, tasks: tasksOf(copies.files, spills, works, dropped), copies, copied };
}

/** Where the bytes of the handles of streams lie. */
function refsOf(streams: readonly StateStream[]): ReadonlyMap<StreamStateHandle, StreamRef> {
  const refs = new Map<StreamStateHandle, StreamRef>();
  const add = (handle: StreamStateHandle | undefined, ref: StreamRef): void => {
    if (handle === undefined) return;
    refs.set(handle, ref);
    if (handle.type === 'key-groups') add(handle.delegate, ref);
  };
  for (const { handle, ref, files } of streams) {
    if (handle.type === 'key-groups' || handle.type === 'operator-state') add(handle.delegate, ref);
    if (handle.type !== 'incremental') continue;
    add(handle.metaDataState, ref);
    const handles = [...handle.sharedState, ...handle.privateState];
    for (const [i, file] of files.entries()) add(handles[i]?.handle, file.ref);
  }
  return refs;
}

function tasksOf(
  copies: readonly FileCopy[],
  spills: readonly SpillWork[],
  works: readonly StreamWork[],
  dropped: ReadonlySet<StreamWork>,
): JobLayout['tasks'] {
  const tasks: (WriteTask & { work: TaskWork })[] = [];
  const add = (task: Omit<WriteTask, 'id'> & { work: TaskWork }): void => {
    tasks.push({ id: tasks.length, ...task });
  };
  for (const copy of copies) {
    const { name: label, from } = copy;
    add({ kind: 'copy', after: [], bytes: from.size, label, work: { type: 'copy', copy } });
  }
  for (const work of spills) {
    const { source, operator } = work;
    const bytes = source.type === 'stream' ? source.stream.ref.size : 0;
    const what = source.type === 'stream' ? `subtask ${source.stream.subtask}` : source.feed.file;
    const label = `${operatorLabel(operator)} from ${what}`;
    add({ kind: 'spill', after: [], bytes, label, work: { type: 'spill', work } });
  }
  for (const work of works) {
    const { kind, operator, subtask } = work;
    const bytes = work.sources.reduce((sum, stream) => sum + stream.ref.size, 0);
    const after = work.mode === 'sorted' ? spillTasks(tasks, operator) : [];
    const label = `${operatorLabel(operator)}-${subtask}`;
    add({ kind, after, bytes, label, work: { type: 'stream', work, counted: dropped.has(work) } });
  }
  return tasks;
}

/** The tasks that sort for an operator. */
function spillTasks(tasks: JobLayout['tasks'], operator: PlannedOperator): number[] {
  return tasks.flatMap(({ id, work }) =>
    work.type === 'spill' && work.work.operator === operator ? [id] : [],
  );
}
