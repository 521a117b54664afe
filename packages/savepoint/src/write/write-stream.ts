import type { FileWriter } from '@statewright/bytes';
import { CodecCache } from '../entries/codec-cache.js';
import type { KeyGroupFilter } from '../entries/key-group-plan.js';
import { planState } from '../entries/state-plan.js';
import type { Operator, Savepoint, State, StateStream } from '../model.js';
import { streamBytes } from '../stream-bytes.js';
import { CanonicalWriter } from './canonical-writer.js';
import type { HeapHandler } from './heap-rewriter.js';
import { HeapWriter } from './heap-writer.js';
import { type NewHeader, newHeader } from './new-header.js';
import { asStreamState, cannotRewrite } from './new-state.js';
import { readAs, type StateRewrite } from './rewrite.js';
import { StreamOutput, type WrittenStream } from './stream-output.js';
import { rewriteCanonical } from './write-canonical.js';
import { rewriteHeap } from './write-heap.js';
import { type SortedRuns, writeSorted } from './write-sorted.js';

/** Where the bytes of a stream go, and who is told that some were read. */
export interface StreamTarget {
  create(): Promise<FileWriter>;
  /** A stream that stays shorter than so many bytes becomes no file. */
  readonly inlineBelow: number;
  progress(bytes: number): void;
}

/** A keyed stream to be written. */
export interface KeyedStreamJob {
  readonly format: 'canonical' | 'heap';
  readonly compressed: boolean;
  readonly header: NewHeader;
  /** States of the header. */
  readonly states: number;
  readonly maxParallelism: number;
  /** Key groups of the stream, both ends included. */
  readonly keyGroups: { readonly start: number; readonly end: number };
  /** Old streams of the same format and number of key groups, each with key groups of its own. */
  readonly sources: readonly KeyedSource[];
  /** Canonical only: entries that were sorted before. */
  readonly runs?: SortedRuns | undefined;
}

/** An old stream whose entries go into a new one. */
export interface KeyedSource {
  readonly operator: Operator;
  readonly stream: StateStream;
  /** By state id of the stream. */
  readonly states: readonly StateRewrite[];
  readonly keyGroups?: KeyGroupFilter | undefined;
}

/** A keyed stream that was written. */
export interface WrittenKeyedStream extends WrittenStream {
  /** Position in the stream of each key group, as the handle tells it. */
  readonly offsets: readonly number[];
}

/**
 * Writes a keyed stream from others, key group by key group, with memory that does not depend on their size. What does not
 * change is copied as bytes. NOT_SUPPORTED for streams of a format that is not written.
 */
export async function writeKeyedStream(
  savepoint: Savepoint,
  job: KeyedStreamJob,
  target: StreamTarget,
): Promise<WrittenKeyedStream> {
  for (const { stream } of job.sources) if (stream.format !== job.format) throw notWritten(stream);
  const output = new StreamOutput(() => target.create(), target.inlineBelow);
  try {
    output.out.writeBytes(await newHeader(savepoint, job.header));
    const write = job.format === 'heap' ? writeHeap : writeCanonical;
    const offsets = await write(savepoint, job, output, target);
    return { ...(await output.finish()), offsets };
  } catch (error) {
    await output.abort();
    throw error;
  }
}

async function writeCanonical(
  savepoint: Savepoint,
  job: KeyedStreamJob,
  output: StreamOutput,
  target: StreamTarget,
): Promise<readonly number[]> {
  const { maxParallelism } = job;
  const writer = new CanonicalWriter(output, job.compressed, job.keyGroups, maxParallelism);
  const { formats, fs, location } = savepoint;
  const codecs = new CodecCache(formats);
  for (const { operator, stream, states, keyGroups } of job.sources) {
    const named = states.map((rewrite, id) => ({
      state: stateAt(operator, stream, id),
      rewrites: [rewrite],
    }));
    const { file } = streamBytes(fs, location, stream.ref);
    const source = { stream, file, states: named, codecs, maxParallelism, formats };
    await rewriteCanonical(savepoint, source, writer, keyGroups, (bytes) => target.progress(bytes));
  }
  if (job.runs !== undefined) await writeSorted(savepoint, job.runs, writer, job.keyGroups);
  return writer.offsets;
}

async function writeHeap(
  savepoint: Savepoint,
  job: KeyedStreamJob,
  output: StreamOutput,
  target: StreamTarget,
): Promise<readonly number[]> {
  const { maxParallelism } = job;
  const writer = new HeapWriter(output, job.compressed, job.keyGroups, job.states);
  const codecs = new CodecCache(savepoint.formats);
  for (const { operator, stream, states, keyGroups } of job.sources) {
    const handlers = states.map((rewrite, id): HeapHandler => {
      const as = readAs(stream.states[id]!, rewrite);
      const state = stateAt(operator, stream, id);
      const { formats } = rewrite;
      const own = formats === undefined ? codecs : new CodecCache([...savepoint.formats, ...formats]);
      const to = planState(state, asStreamState(rewrite.target, as.span), codecs);
      return { rewrite, from: planState(state, as, own), to };
    });
    await rewriteHeap(savepoint, { stream, handlers, maxParallelism }, writer, keyGroups, target.progress);
  }
  return writer.offsets;
}

/** The state that a stream holds under an id. */
export function stateAt(operator: Operator, stream: StateStream, id: number): State {
  return operator.states.find((state) =>
    state.parts.some((part) => part.stream === stream && part.stateId === id),
  )!;
}

function notWritten({ format }: StateStream): Error {
  const what = format === 'rocksdb' ? "RocksDB's own files" : `a ${format} stream`;
  return cannotRewrite(
    `state in ${what} cannot be changed by this release`,
    'take a savepoint in canonical format and change that one',
  );
}
