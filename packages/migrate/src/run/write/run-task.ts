import { crc32c, type FileWriter } from '@statewright/bytes';
import {
  type FileCopy,
  type KeyedSource,
  type StateRewrite,
  type StateStream,
  writeCopy,
  writeKeyedStream,
} from '@statewright/savepoint';
import type { PlannedState, StateFeed } from '../../job/planned-job.js';
import type { ResolvedPlan } from '../resolve-plan.js';
import type { StateTally, TaskOutput, TaskResult, WriteTask, WrittenFile } from '../write-task.js';
import { composeChanges } from './compose-changes.js';
import { layoutOf, type StreamWork } from './layout.js';
import { newHeaderOf, newStateIn } from './new-headers.js';
import { ownSource, sourceStateAt, statesByIdIn } from './operator-shape.js';
import { StateTallying } from './tallies.js';

/** State that was inline stays so below this many bytes: `execution.checkpointing.data-inline-threshold` of Flink 2.3. */
const INLINE_BELOW = 20 * 1024;

/**
 * Does one task of `writeTasks`. Entries that cannot get their new form are counted as failed, told in the tallies and left
 * out; everything else that goes wrong is thrown.
 */
export function runTask(
  resolved: ResolvedPlan,
  task: WriteTask,
  results: ReadonlyMap<number, TaskResult>,
  output: TaskOutput,
): Promise<TaskResult> {
  const { work } = layoutOf(resolved).tasks[task.id]!;
  void results;
  if (work.type === 'copy') return runCopy(resolved, task, work.copy, output);
  return runKeyed(resolved, task, work.work, output);
}

/** Counts what goes into a file. */
class CountingWriter implements FileWriter {
  bytes = 0;
  crc32c = 0;

  constructor(private readonly writer: FileWriter) {}

  write(bytes: Uint8Array): Promise<void> {
    this.bytes += bytes.length;
    this.crc32c = crc32c(bytes, this.crc32c);
    return this.writer.write(bytes);
  }

  commit(): Promise<void> {
    return this.writer.commit();
  }

  abort(): Promise<void> {
    return this.writer.abort();
  }
}

async function runCopy(
  { job }: ResolvedPlan,
  { id }: WriteTask,
  copy: FileCopy,
  output: TaskOutput,
): Promise<TaskResult> {
  const writer = new CountingWriter(await output.create(copy.name));
  let told = 0;
  const progress = {
    get bytesDone() {
      return told;
    },
    set bytesDone(bytes: number) {
      output.progress(bytes - told);
      told = bytes;
    },
    bytesTotal: copy.from.size,
  };
  try {
    await writeCopy(job.savepoint, copy, writer, progress);
    await writer.commit();
  } catch (error) {
    await writer.abort();
    throw error;
  }
  return { id, files: [fileOf(copy.name, writer)], tallies: [] };
}

function fileOf(name: string, { bytes, crc32c: crc }: CountingWriter): WrittenFile {
  return { name, bytes, crc32c: crc };
}

async function runKeyed(
  { job }: ResolvedPlan,
  { id }: WriteTask,
  work: StreamWork,
  output: TaskOutput,
): Promise<TaskResult> {
  const { operator, template } = work;
  const { change, ids } = newHeaderOf(operator, template);
  const rewrites = work.sources.map((stream) => sourceOf(work, stream, ids, output.samples));
  const written = await writeKeyedStream(
    job.savepoint,
    {
      operator: operator.source!,
      template,
      header: change,
      keyGroups: template.keyGroups!,
      sources: rewrites.map(({ source }) => source),
    },
    {
      create: () => output.create(work.name),
      inlineBelow: template.ref.kind === 'inline' ? INLINE_BELOW : 0,
      progress: (bytes) => output.progress(bytes),
    },
  );
  const { size, inline, crc32c: crc, offsets } = written;
  const tallies = rewrites.flatMap((each) => each.tallies.map((tally) => tally.result()));
  const done = { id, offsets, tallies };
  if (inline === undefined) return { ...done, files: [{ name: work.name, bytes: size, crc32c: crc }] };
  return { ...done, files: [], inline: Buffer.from(inline).toString('base64') };
}

interface CountedSource {
  readonly source: KeyedSource;
  readonly tallies: readonly StateTallying[];
}

function sourceOf(
  work: StreamWork,
  stream: StateStream,
  ids: ReadonlyMap<PlannedState, number>,
  samples: number,
): CountedSource {
  const tallies: StateTallying[] = [];
  const byId = statesByIdIn(work.operator, stream);
  const states = byId.map((state, id) => {
    const tally = new StateTallying(placeOf(work, state, stream, id), samples);
    tallies.push(tally);
    return rewriteOf(work, stream, state, id, state === undefined ? -1 : ids.get(state)!, tally);
  });
  return { source: { stream, states }, tallies };
}

function placeOf(
  { operator, operatorIndex }: StreamWork,
  state: PlannedState | undefined,
  stream: StateStream,
  id: number,
): Pick<StateTally, 'operator' | 'state' | 'from'> {
  if (state !== undefined) return { operator: operatorIndex, state: operator.states.indexOf(state) };
  const { name, kind } = stream.states[id]!;
  return {
    operator: operatorIndex,
    state: -1,
    from: { operatorId: operator.source!.id, name, kind },
  };
}

function rewriteOf(
  { operator }: StreamWork,
  stream: StateStream,
  state: PlannedState | undefined,
  id: number,
  targetId: number,
  tally: StateTallying,
): StateRewrite {
  const counting = { targetId, counts: tally.counts, watch: tally };
  if (state === undefined) return { ...counting, target: stream.states[id]! };
  const from = ownSource(operator, state) ?? sourceStateAt(operator, stream, id);
  const feed = state.feeds[0] as StateFeed;
  const target = newStateIn(state, from, stream);
  return {
    ...counting,
    target,
    formats: feed.formats,
    ...composeChanges(feed.changes, from.kind, state.kind, tally),
  };
}
