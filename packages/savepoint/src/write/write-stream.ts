import type { FileWriter } from '@statewright/bytes';
import { CodecCache } from '../entries/codec-cache.js';
import type { KeyGroupFilter } from '../entries/key-group-plan.js';
import type { Operator, Savepoint, State, StateStream } from '../model.js';
import { streamBytes } from '../stream-bytes.js';
import { CanonicalWriter } from './canonical-writer.js';
import { type HeaderChange, headerEdit } from './header-edit.js';
import { cannotRewrite } from './new-state.js';
import type { StateRewrite } from './rewrite.js';
import { applyEdit } from './stream-edit.js';
import { StreamOutput, type WrittenStream } from './stream-output.js';
import { rewriteCanonical } from './write-canonical.js';

/** Where the bytes of a stream go, and who is told that some were read. */
export interface StreamTarget {
  create(): Promise<FileWriter>;
  /** A stream that stays shorter than so many bytes becomes no file. */
  readonly inlineBelow: number;
  progress(bytes: number): void;
}

/** A keyed stream to be written: a header made from an old one, and key groups of old streams. */
export interface KeyedStreamJob {
  readonly operator: Operator;
  /** Whose header and layout it gets, with what changes in it. */
  readonly template: StateStream;
  readonly header: HeaderChange;
  /** Key groups of the stream, both ends included. */
  readonly keyGroups: { readonly start: number; readonly end: number };
  readonly sources: readonly KeyedSource[];
}

/** An old stream whose entries go into a new one. */
export interface KeyedSource {
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
 * Writes a keyed stream from others of the same operator, key group by key group, with memory that does not depend on their
 * size. What does not change is copied as bytes. NOT_SUPPORTED for streams of a format that is not written.
 */
export async function writeKeyedStream(
  savepoint: Savepoint,
  job: KeyedStreamJob,
  target: StreamTarget,
): Promise<WrittenKeyedStream> {
  const output = new StreamOutput(() => target.create(), target.inlineBelow);
  try {
    const offsets = await writeInto(savepoint, job, output, target);
    return { ...(await output.finish()), offsets };
  } catch (error) {
    await output.abort();
    throw error;
  }
}

async function writeInto(
  savepoint: Savepoint,
  job: KeyedStreamJob,
  output: StreamOutput,
  target: StreamTarget,
): Promise<readonly number[]> {
  const { template, operator } = job;
  output.out.writeBytes(await newHeader(savepoint, template, job.header));
  if (template.format !== 'canonical') throw notWritten(template);
  const { maxParallelism } = operator;
  const { formats } = savepoint;
  const writer = new CanonicalWriter(output, template.compressed, job.keyGroups, maxParallelism);
  const codecs = new CodecCache(savepoint.formats);
  for (const { stream, states, keyGroups } of job.sources) {
    const named = states.map((rewrite, id) => ({ state: stateAt(operator, stream, id), rewrite }));
    const source = {
      stream,
      file: fileOf(savepoint, stream),
      states: named,
      codecs,
      maxParallelism,
      formats,
    };
    await rewriteCanonical(savepoint, source, writer, keyGroups, target.progress);
  }
  return writer.offsets;
}

/** The bytes of a header with a change. */
async function newHeader(
  { fs, location, formats }: Savepoint,
  template: StateStream,
  change: HeaderChange,
): Promise<Uint8Array> {
  const bytes = streamBytes(fs, location, template.ref);
  const edit = headerEdit(template, change, formats);
  return applyEdit(await bytes.read(0, template.headerLength), edit);
}

function stateAt(operator: Operator, stream: StateStream, id: number): State {
  return operator.states.find((state) =>
    state.parts.some((part) => part.stream === stream && part.stateId === id),
  )!;
}

function fileOf({ fs, location }: Savepoint, { ref }: StateStream): string {
  return streamBytes(fs, location, ref).file;
}

function notWritten({ format }: StateStream): Error {
  const what = format === 'rocksdb' ? "RocksDB's own files" : `a ${format} stream`;
  return cannotRewrite(
    `state in ${what} cannot be changed by this release`,
    'take a savepoint in canonical format and change that one',
  );
}
