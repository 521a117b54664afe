import type { Span } from '@statewright/bytes';
import {
  type CheckpointMetadata,
  type KeyedStateHandle,
  type OperatorState,
  type OperatorStateHandle,
  type OperatorSubtaskState,
  type StreamStateHandle,
  writeMetadata,
} from '@statewright/savepoint';
import type { PlannedOperator } from '../../job/planned-job.js';
import type { ResolvedPlan } from '../resolve-plan.js';
import type { TaskResult } from '../write-task.js';
import { type JobLayout, layOut } from './layout.js';
import { metadataVersionFor, withNames } from './metadata-version.js';
import { keyedHandle, operatorHandle } from './new-handles.js';
import type { Fate, OperatorLayout, SubtaskLayout } from './work.js';

/** The bytes of the `_metadata` file, once all tasks are done. */
export async function assembleMetadata(
  resolved: ResolvedPlan,
  results: ReadonlyMap<number, TaskResult>,
): Promise<Uint8Array> {
  const { savepoint } = resolved.job;
  const { fs, location, metadataBytes, metadata } = savepoint;
  const old = await fs.readRange(location.metadataPath, 0, metadataBytes);
  const assembly = new Assembly(layOut(resolved, old), results);
  const version = metadataVersionFor(metadata.version, resolved.writing.flinkVersion);
  const made: CheckpointMetadata = {
    ...metadata,
    version,
    properties: version >= 4 ? metadata.properties : undefined,
    operatorStates: assembly.operators(metadata, version),
  };
  return writeMetadata(made, (span) => assembly.bytesOf(span) ?? old.subarray(span.start, span.end));
}

class Assembly {
  private readonly inline = new Map<object, Uint8Array>();

  constructor(
    private readonly layout: JobLayout,
    private readonly results: ReadonlyMap<number, TaskResult>,
  ) {}

  /** The bytes of an inline span of the result, unless they are those of the old file. */
  bytesOf(span: object): Uint8Array | undefined {
    return this.inline.get(span) ?? this.layout.copies.inline.get(span as Span);
  }

  /** The operators, without those that `isInTheWay`. */
  operators(metadata: CheckpointMetadata, version: number): OperatorState[] {
    const regroups = this.layout.operators.some(({ planned }) => isRegrouped(planned));
    const kept = this.layout.operators.filter(({ planned }) => !regroups || !isInTheWay(planned));
    return kept.map((operator) => {
      const { source } = operator.planned;
      const old = metadata.operatorStates.find(({ operatorId }) => operatorId === source?.id);
      return this.operator(operator, old, version);
    });
  }

  private operator(
    { planned, subtasks }: OperatorLayout,
    old: OperatorState | undefined,
    version: number,
  ): OperatorState {
    const { id, parallelism, maxParallelism } = planned;
    const base = old ?? newOperator(planned);
    const subtaskStates = subtasks.map((subtask) => this.subtask(subtask, version));
    const names = withNames(planned, old, version);
    return { ...base, ...names, operatorId: id, parallelism, maxParallelism, subtaskStates };
  }

  private subtask({ subtask, old, fates }: SubtaskLayout, version: number): OperatorSubtaskState {
    if (old?.finished === true) return old;
    const { managedOperatorState, rawOperatorState, managedKeyedState, rawKeyedState } = fates;
    return {
      span: NOWHERE,
      subtaskIndex: subtask,
      finished: false,
      duration: version === 2 ? (old?.duration ?? -1n) : undefined,
      managedOperatorState: this.handle(managedOperatorState) as OperatorStateHandle | undefined,
      rawOperatorState: this.handle(rawOperatorState) as OperatorStateHandle | undefined,
      managedKeyedState: this.handle(managedKeyedState) as KeyedStateHandle | undefined,
      rawKeyedState: this.handle(rawKeyedState) as KeyedStateHandle | undefined,
      inputChannelState: [],
      resultSubpartitionState: [],
    };
  }

  private handle(fate: Fate | undefined): KeyedStateHandle | OperatorStateHandle | undefined {
    if (fate === undefined || fate.type === 'dropped') return undefined;
    if (fate.type === 'copied') return this.layout.copied.get(fate.stream);
    const { work } = fate;
    const task = this.layout.tasks.find((each) => each.work.type === 'stream' && each.work.work === work)!;
    const result = this.results.get(task.id)!;
    const delegate = this.delegate(result, work.name, work.template?.handle);
    if (work.kind === 'keyed') return keyedHandle(work, result, delegate);
    return operatorHandle(work, result, delegate);
  }

  /** The handle of a stream that was written: inline, or a file. */
  private delegate(
    { inline, files }: TaskResult,
    name: string,
    old: KeyedStateHandle | OperatorStateHandle | undefined,
  ): StreamStateHandle {
    if (inline === undefined) return this.layout.copies.fileHandle(files[0]!.name, files[0]!.bytes);
    const bytes = new Uint8Array(Buffer.from(inline, 'base64'));
    const data: Span = { file: '', start: 0, end: bytes.length };
    this.inline.set(data, bytes);
    const before = old !== undefined && 'delegate' in old ? old.delegate : undefined;
    const handleName = before?.type === 'byte-stream' ? before.handleName : name;
    return { type: 'byte-stream', span: NOWHERE, handleName, data };
  }
}

/** Whether an operator gets another number of key groups. */
function isRegrouped({ source, maxParallelism }: PlannedOperator): boolean {
  return source !== undefined && source.maxParallelism !== maxParallelism;
}

/**
 * Whether an operator holds nothing but its old max parallelism. Flink compares that with the job's also where there is no
 * state, and operators that are chained have one in common: left out, an operator is new to the job, and may have any.
 *
 * Follows `Checkpoints#loadAndValidateCheckpoint` (Flink 2.3).
 */
function isInTheWay(planned: PlannedOperator): boolean {
  const { source, states } = planned;
  if (source === undefined || isRegrouped(planned) || states.length > 0) return false;
  const { streams, coordinatorState, fullyFinished, finishedSubtasks } = source;
  return streams.length === 0 && coordinatorState === undefined && !fullyFinished && finishedSubtasks === 0;
}

/** What is made has no place in a file that was read. */
const NOWHERE: Span = { file: '', start: 0, end: 0 };

function newOperator({ id, parallelism, maxParallelism }: PlannedOperator): OperatorState {
  return {
    span: NOWHERE,
    operatorName: undefined,
    operatorUid: undefined,
    operatorId: id,
    parallelism,
    maxParallelism,
    chainLength: undefined,
    coordinatorState: undefined,
    fullyFinished: false,
    subtaskStates: [],
  };
}
