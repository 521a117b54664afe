import {
  headerEdit,
  type OperatorSubtaskState,
  type StateStream,
  type StreamFormat,
} from '@statewright/savepoint';
import type { PlannedJob, PlannedOperator } from '../../job/planned-job.js';
import { operatorLabel } from '../../job/select.js';
import { cannotMigrate } from '../resolve-plan.js';
import { expectAlike } from './alike.js';
import { keepsIds, newHeaderOf } from './new-headers.js';
import {
  hasRawTimers,
  isOperatorState,
  isUntouched,
  keyedModeOf,
  operatorModeOf,
  sortsOf,
  statesByIdIn,
} from './operator-shape.js';
import type { Fate, Fates, Slot, StreamWork, SubtaskLayout } from './work.js';
import { SLOTS } from './work.js';

/** The subtasks of an operator: those it has, and those that it needs for state it did not have. */
export function subtasksOf(
  job: PlannedJob,
  planned: PlannedOperator,
  index: number,
): readonly SubtaskLayout[] {
  const { source, parallelism } = planned;
  const old = job.savepoint.metadata.operatorStates.find((each) => each.operatorId === source?.id);
  const keyed = keyedModeOf(planned);
  const operator = operatorModeOf(planned);
  const stays = parallelism === (source?.parallelism ?? parallelism);
  if (!stays || keyed !== 'in-place' || operator !== 'in-place') expectNoneFinished(planned);
  const subtasks: SubtaskLayout[] = [];
  for (const subtask of stays ? (old?.subtaskStates ?? []) : []) {
    subtasks.push({
      subtask: subtask.subtaskIndex,
      old: subtask,
      fates: {
        ...keptFates(job, planned, index, subtask),
        ...newFates(planned, index, subtask.subtaskIndex),
      },
    });
  }
  const known = new Set(subtasks.map(({ subtask }) => subtask));
  for (let i = 0; i < parallelism; i++) {
    if (known.has(i)) continue;
    const fates = newFates(planned, index, i);
    if (!stays || Object.keys(fates).length > 0) subtasks.push({ subtask: i, old: undefined, fates });
  }
  if (!stays || (source !== undefined && planned.maxParallelism !== source.maxParallelism))
    expectNothingRaw(planned);
  return subtasks;
}

/** Subtasks that had finished have no state, and stay where they are. */
function expectNoneFinished(planned: PlannedOperator): void {
  const finished = planned.source?.finishedSubtasks ?? 0;
  if (finished === 0) return;
  const reason = `${finished} subtasks of operator ${operatorLabel(planned)} have finished, so that its state cannot be spread anew`;
  throw cannotMigrate('operator', reason);
}

/** What only its operator can read stays where it is: it cannot be spread over other subtasks or key groups. */
function expectNothingRaw(planned: PlannedOperator): void {
  const raw = planned.source?.streams.find(
    (stream) => stream.format === 'raw-operator' || (stream.format === 'raw-keyed' && !hasRawTimers(stream)),
  );
  if (raw === undefined) return;
  const reason = `operator ${operatorLabel(planned)} has ${raw.format} state, which only itself can spread over other subtasks`;
  throw cannotMigrate('raw state', reason);
}

/** What becomes of the streams of a subtask that stay with it. */
function keptFates(
  job: PlannedJob,
  planned: PlannedOperator,
  index: number,
  subtask: OperatorSubtaskState,
): Fates {
  const fates: { [slot in Slot]?: Fate | undefined } = {};
  for (const slot of SLOTS) {
    const stream = planned.source!.streams.find(({ handle }) => handle === subtask[slot]);
    if (stream === undefined) continue;
    const mode = slot === 'managedOperatorState' ? operatorModeOf(planned) : keyedModeOf(planned);
    const raw = stream.format === 'raw-keyed' || stream.format === 'raw-operator';
    // Timers that are sorted with all other state become managed ones.
    const sorted = hasRawTimers(stream) && mode === 'sorted';
    if (raw && !sorted) fates[slot] = { type: 'copied', stream, edit: undefined };
    else if (mode === 'in-place') fates[slot] = fateOf(job, planned, index, stream);
  }
  return fates;
}

function fateOf(
  job: PlannedJob,
  planned: PlannedOperator,
  operatorIndex: number,
  stream: StateStream,
): Fate | undefined {
  if (stream.states.length === 0) return { type: 'copied', stream, edit: undefined };
  const byId = statesByIdIn(planned, stream);
  const { change } = newHeaderOf(planned, stream);
  expectAlike(planned, byId, stream, job.savepoint.formats);
  const kind = stream.format === 'operator' ? 'operator' : 'keyed';
  const { subtask } = stream;
  const name = `${planned.id}-${subtask}-${kind}`;
  const at = { kind, operator: planned, operatorIndex, subtask, name } as const;
  const work: StreamWork = { ...at, mode: 'in-place', template: stream, sources: [stream] };
  if (byId.every((state) => state === undefined) && change.added.length === 0) {
    return WRITABLE.includes(stream.format) ? { type: 'dropped', work } : undefined;
  }
  const untouched = byId.every((state) => state === undefined || isUntouched(state));
  const onlyHeader = change.added.length === 0 || stream.format === 'canonical';
  if (untouched && keepsIds(change) && onlyHeader) {
    const edit = headerEdit(stream, change, job.savepoint.formats);
    if (edit.replacements.length === 0) return { type: 'copied', stream, edit: undefined };
    expectWritable(planned, stream);
    return { type: 'copied', stream, edit };
  }
  expectWritable(planned, stream);
  return { type: 'written', work };
}

const WRITABLE: readonly StreamFormat[] = ['canonical', 'heap', 'operator', 'raw-keyed'];

/** Throws for streams that can only be copied whole. */
export function expectWritable(planned: PlannedOperator, { format }: StateStream): void {
  if (WRITABLE.includes(format)) return;
  const what = format === 'rocksdb' ? "RocksDB's own files" : `a ${format} stream`;
  const reason = `the state of operator ${operatorLabel(planned)} lies in ${what}, which this release copies and does not change`;
  throw cannotMigrate('state stream', reason, 'take a savepoint in canonical format and migrate that one');
}

/** Streams that are made of state from elsewhere. */
function newFates(planned: PlannedOperator, operatorIndex: number, subtask: number): Fates {
  const fates: { [slot in Slot]?: Fate } = {};
  const work = (kind: StreamWork['kind'], mode: StreamWork['mode']): Fate => {
    const sources = mode === 'sorted' ? [] : sortsOf(planned, kind);
    for (const stream of sortsOf(planned, kind)) expectWritable(planned, stream);
    const template = planned.source?.streams.find(({ format }) =>
      kind === 'operator' ? format === 'operator' : format === 'canonical' || format === 'heap',
    );
    const name = `${planned.id}-${subtask}-${kind}`;
    const at = { kind, operator: planned, operatorIndex, subtask, name };
    return { type: 'written', work: { ...at, mode, template, sources } };
  };
  const keyed = keyedModeOf(planned);
  const hasKeyed = planned.states.some((state) => !isOperatorState(state));
  if (keyed !== 'in-place' && hasKeyed) fates.managedKeyedState = work('keyed', keyed);
  const hasOperator = planned.states.some(isOperatorState);
  if (operatorModeOf(planned) === 'shared' && hasOperator)
    fates.managedOperatorState = work('operator', 'shared');
  return fates;
}
