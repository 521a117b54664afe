import {
  CopyPlan,
  type FileCopy,
  headerEdit,
  type KeyedStateHandle,
  type OperatorStateHandle,
  type OperatorSubtaskState,
  type StateStream,
  type StreamEdit,
  type StreamRef,
  type StreamStateHandle,
} from '@statewright/savepoint';
import type { PlannedJob, PlannedOperator } from '../../job/planned-job.js';
import { cannotMigrate, type ResolvedPlan } from '../resolve-plan.js';
import type { WriteTask } from '../write-task.js';
import { checkOperator } from './check-operator.js';
import { keepsIds, newHeaderOf } from './new-headers.js';
import { isUntouched, keyedModeOf, statesByIdIn } from './operator-shape.js';

/** What becomes of one handle of a subtask. */
export type Fate =
  | { readonly type: 'copied'; readonly stream: StateStream; readonly edit: StreamEdit | undefined }
  | { readonly type: 'written'; readonly work: StreamWork };

/** A stream that is written anew. */
export interface StreamWork {
  readonly kind: 'keyed' | 'operator';
  readonly operator: PlannedOperator;
  /** Position of the operator in the planned job. */
  readonly operatorIndex: number;
  readonly subtask: number;
  readonly name: string;
  /** Whose header and handle it gets. */
  readonly template: StateStream;
  readonly sources: readonly StateStream[];
}

/** The four handles of a subtask. */
export const SLOTS = [
  'managedOperatorState',
  'rawOperatorState',
  'managedKeyedState',
  'rawKeyedState',
] as const;

/** One of `SLOTS`. */
export type Slot = (typeof SLOTS)[number];

/** A subtask of the result. */
export interface SubtaskLayout {
  readonly subtask: number;
  /** The subtask of the snapshot that it continues; undefined for a new one. */
  readonly old: OperatorSubtaskState | undefined;
  readonly fates: { readonly [slot in Slot]?: Fate | undefined };
}

/** An operator of the result. */
export interface OperatorLayout {
  readonly planned: PlannedOperator;
  readonly subtasks: readonly SubtaskLayout[];
}

/** What is to be done for a task. */
export type TaskWork =
  | { readonly type: 'copy'; readonly copy: FileCopy }
  | { readonly type: 'stream'; readonly work: StreamWork };

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
  const works = fates.flatMap((fate) => (fate.type === 'written' ? [fate.work] : []));
  const kept = fates.flatMap((fate) => (fate.type === 'copied' ? [fate] : []));
  const edits = new Map(
    kept.flatMap(({ stream, edit }) => (edit === undefined ? [] : [[stream.handle, edit]])),
  );
  const refs = refsOf(kept.map(({ stream }) => stream));
  const names = works.map(({ name }) => name);
  const copies = new CopyPlan((handle) => refs.get(handle)!, edits, metadata, job.location, names);
  const copied = new Map(kept.map(({ stream }) => [stream, copies.handle(stream.handle)]));
  return { operators, tasks: tasksOf(copies.files, works), copies, copied };
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

function tasksOf(copies: readonly FileCopy[], works: readonly StreamWork[]): JobLayout['tasks'] {
  const tasks: (WriteTask & { work: TaskWork })[] = [];
  for (const copy of copies) {
    const label = copy.name;
    const id = tasks.length;
    tasks.push({ id, kind: 'copy', after: [], bytes: copy.from.size, label, work: { type: 'copy', copy } });
  }
  for (const work of works) {
    const bytes = work.sources.reduce((sum, stream) => sum + stream.ref.size, 0);
    const label = `${work.operator.uid ?? work.operator.name ?? work.operator.id}-${work.subtask}`;
    const id = tasks.length;
    tasks.push({ id, kind: work.kind, after: [], bytes, label, work: { type: 'stream', work } });
  }
  return tasks;
}

function subtasksOf(job: PlannedJob, planned: PlannedOperator, index: number): SubtaskLayout[] {
  const { source } = planned;
  const mode = keyedModeOf(planned);
  if (source === undefined || mode !== 'in-place' || planned.parallelism !== source.parallelism) {
    throw cannotMigrate('operator', 'another max parallelism or other keys are not written yet');
  }
  const old = job.savepoint.metadata.operatorStates.find((each) => each.operatorId === source.id);
  return (old?.subtaskStates ?? []).map((subtask): SubtaskLayout => {
    const fates: { [slot in Slot]?: Fate | undefined } = {};
    for (const slot of SLOTS) {
      const stream = source.streams.find(({ handle }) => handle === subtask[slot]);
      if (stream !== undefined) fates[slot] = fateOf(job, planned, index, stream);
    }
    return { subtask: subtask.subtaskIndex, old: subtask, fates };
  });
}

/** What becomes of a stream that stays with its subtask. */
function fateOf(
  job: PlannedJob,
  planned: PlannedOperator,
  operatorIndex: number,
  stream: StateStream,
): Fate | undefined {
  const operatorState = stream.format === 'operator';
  if (stream.states.length === 0 || stream.format === 'raw-keyed' || stream.format === 'raw-operator') {
    return { type: 'copied', stream, edit: undefined };
  }
  const byId = statesByIdIn(planned, stream);
  const { change } = newHeaderOf(planned, stream);
  if (byId.every((state) => state === undefined) && change.added.length === 0) return undefined;
  const untouched = byId.every((state) => state === undefined || isUntouched(state));
  const onlyHeader = operatorState
    ? change.added.length === 0
    : change.added.length === 0 || stream.format === 'canonical';
  if (untouched && keepsIds(change) && onlyHeader) {
    const edit = headerEdit(stream, change, job.savepoint.formats);
    return { type: 'copied', stream, edit: edit.replacements.length === 0 ? undefined : edit };
  }
  const what = operatorState ? 'operator' : 'keyed';
  const name = `${planned.id}-${stream.subtask}-${what}`;
  const at = { operator: planned, operatorIndex, subtask: stream.subtask };
  return { type: 'written', work: { kind: what, ...at, name, template: stream, sources: [stream] } };
}
