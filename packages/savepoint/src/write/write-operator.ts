import { DataOutputView, SnappyFramedEncoder, StatewrightError } from '@statewright/bytes';
import type { Savepoint, StateKind } from '../model.js';
import { type NewHeader, newHeader } from './new-header.js';
import {
  type Elements,
  type LoadedElements,
  loadedElements,
  type OperatorSource,
  rewrittenElements,
} from './operator-elements.js';
import { StreamOutput, type WrittenStream } from './stream-output.js';
import type { StreamTarget } from './write-stream.js';

/** An operator state stream to be written. */
export interface OperatorStreamJob {
  readonly header: NewHeader;
  readonly compressed: boolean;
  /** By new state id. */
  readonly states: readonly OperatorStateJob[];
}

/** What a state of a new stream is made of. */
export interface OperatorStateJob {
  readonly kind: StateKind;
  readonly name: string;
  readonly sources: readonly OperatorSource[];
  readonly loaded: readonly LoadedElements[];
  /** Only the elements of one of several subtasks, which share them as Flink's repartitioner has it; undefined: all. */
  readonly share: { readonly part: number; readonly parts: number } | undefined;
}

/** An operator state stream that was written. */
export interface WrittenOperatorStream extends WrittenStream {
  /** By state id: position in the stream of each element, or of a broadcast map. */
  readonly elementOffsets: readonly (readonly number[])[];
}

/**
 * Writes an operator state stream, see `operatorEntries` for the grammar. A compressed one is a single snappy-framed stream
 * behind the header, in which every element begins with a chunk of its own.
 *
 * Follows `DefaultOperatorStateBackendSnapshotStrategy` and `CompressibleFSDataOutputStream` (Flink 2.3).
 */
export async function writeOperatorStream(
  savepoint: Savepoint,
  job: OperatorStreamJob,
  target: StreamTarget,
): Promise<WrittenOperatorStream> {
  const output = new StreamOutput(() => target.create(), target.inlineBelow);
  try {
    output.out.writeBytes(await newHeader(savepoint, job.header));
    const states: State[] = [];
    for (const state of job.states)
      states.push({ kind: state.kind, elements: await elementsOf(savepoint, state) });
    const elementOffsets = writeStates(job.compressed, states, output);
    target.progress(sizeOf(job));
    return { ...(await output.finish()), elementOffsets };
  } catch (error) {
    await output.abort();
    throw error;
  }
}

/** Bytes of the old streams. */
function sizeOf({ states }: OperatorStreamJob): number {
  const streams = new Set(states.flatMap(({ sources }) => sources.map(({ stream }) => stream)));
  return [...streams].reduce((sum, { ref }) => sum + ref.size, 0);
}

interface State {
  readonly kind: StateKind;
  readonly elements: Elements;
}

async function elementsOf(savepoint: Savepoint, job: OperatorStateJob): Promise<Elements> {
  const elements: Elements = [];
  for (const source of job.sources) elements.push(...(await rewrittenElements(savepoint, source)));
  for (const loaded of job.loaded) elements.push(...(await loadedElements(loaded, savepoint.formats)));
  if (job.kind === 'broadcast') expectDistinct(elements, job.name);
  return job.share === undefined ? elements : shareOf(elements, job.share.part, job.share.parts);
}

/**
 * The elements of one subtask: all get the same number, and the first ones one more until none is left over.
 *
 * Follows `RoundRobinOperatorStateRepartitioner#repartitionSplitState` (Flink 2.3).
 */
function shareOf(elements: Elements, part: number, parts: number): Elements {
  const least = Math.floor(elements.length / parts);
  const more = elements.length % parts;
  const start = part * least + Math.min(part, more);
  return elements.slice(start, start + least + (part < more ? 1 : 0));
}

/** A broadcast map has each key once. */
function expectDistinct(elements: Elements, name: string): void {
  const keys = new Set<string>();
  for (const { bytes, keyBytes } of elements) {
    const key = Buffer.from(bytes.subarray(0, keyBytes)).toString('hex');
    if (keys.has(key)) {
      const reason = `state ${JSON.stringify(name)} would get one key twice, whose bytes are ${key}`;
      throw new StatewrightError('BAD_VALUE', { kind: 'broadcast state', reason });
    }
    keys.add(key);
  }
}

function writeStates(compressed: boolean, states: readonly State[], output: StreamOutput): number[][] {
  const { out } = output;
  const encoder = compressed ? new SnappyFramedEncoder(out) : undefined;
  const write = (bytes: Uint8Array): void => {
    if (encoder === undefined) out.writeBytes(bytes);
    else encoder.write(bytes);
  };
  return states.map(({ kind, elements }) => {
    if (kind === 'broadcast') {
      const at = output.position;
      const count = new DataOutputView(4);
      count.writeInt(elements.length);
      write(count.view());
      for (const { bytes } of elements) write(bytes);
      encoder?.end();
      return [at];
    }
    return elements.map(({ bytes }) => {
      const at = output.position;
      write(bytes);
      encoder?.end();
      return at;
    });
  });
}
