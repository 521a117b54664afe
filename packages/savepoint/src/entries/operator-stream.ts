import { DataInputView, StatewrightError } from '@statewright/bytes';
import { type Codec, MapValue, Opaque } from '@statewright/serializers';
import type { State, StateEntry, StateStream, StreamState } from '../model.js';
import type { StreamBytes } from '../stream-bytes.js';
import { RangeChunks, SnappyChunks } from './chunks.js';
import { DecodedEntry } from './entry.js';
import { findOpaque } from './find-opaque.js';
import { mayRunToLimit } from './may-run.js';
import type { ReadContext, Tally } from './read-context.js';
import { Window } from './window.js';

/** An operator state to be read, and where it stands in its stream. */
export interface OperatorPart {
  readonly state: State;
  readonly as: StreamState;
}

/**
 * The entries of an operator state stream, in batches: one for the whole list of a state, one for a broadcast map. Flink
 * keeps both in memory, and so does this. A list without elements has no entry.
 *
 *   list and union state, at each offset of the handle: an element
 *   broadcast state, at its one offset: i32 count, then count × (key, value)
 *
 * Nothing tells where an element ends but the next offset of any state. When compressed, one snappy-framed stream spans
 * all states, and every offset is the beginning of a chunk of it.
 *
 * Follows `DefaultOperatorStateBackendSnapshotStrategy` and `OperatorStateRestoreOperation` (Flink 2.3).
 */
export async function* operatorEntries(
  stream: StateStream,
  bytes: StreamBytes,
  parts: readonly OperatorPart[],
  context: ReadContext,
): AsyncGenerator<StateEntry[]> {
  const ends = endsOf(stream, bytes);
  const batch: StateEntry[] = [];
  for (const part of parts) {
    if (part.as.offsets.length === 0) continue;
    batch.push(await new OperatorStateReader(stream, bytes, part, ends, context).read());
  }
  if (batch.length > 0) yield batch;
}

/** The offsets of all states of the handle, also of those that the header does not tell. */
function allOffsets(stream: StateStream): number[] {
  const { handle } = stream;
  return handle.type === 'operator-state' ? handle.states.flatMap((state) => state.offsets) : [];
}

/** The end of what begins at each offset: the next greater offset of any state, or the end of the stream. */
export function endsOf(stream: StateStream, bytes: StreamBytes): ReadonlyMap<number, number> {
  const offsets = new Set(allOffsets(stream));
  const sorted = [...offsets].sort((a, b) => a - b);
  const ends = new Map<number, number>();
  for (const [i, offset] of sorted.entries()) {
    const end = sorted[i + 1] ?? bytes.size;
    if (offset < stream.headerLength || offset > end || end > bytes.size) {
      const at = bytes.fileOffset + Math.max(0, Math.min(offset, bytes.size));
      const span = { file: bytes.file, start: at, end: at };
      const reason = `offset ${offset} is not between the header's end ${stream.headerLength} and the stream's end ${bytes.size}`;
      throw new StatewrightError('BAD_VALUE', { span, kind: 'operator state offset', reason });
    }
    ends.set(offset, end);
  }
  return ends;
}

/** Reads one state of one stream. */
export class OperatorStateReader {
  private readonly value: Codec;
  private readonly key: Codec | undefined;
  private window: Window | undefined;
  /** Where the window's next byte lies in the stream, while it is not compressed. */
  private windowAt = 0;
  private valueBytes = 0;
  private readonly tally: Tally;

  constructor(
    private readonly stream: StateStream,
    private readonly bytes: StreamBytes,
    private readonly part: OperatorPart,
    private readonly ends: ReadonlyMap<number, number>,
    context: ReadContext,
  ) {
    const { codecs, tally } = context;
    this.tally = tally;
    this.value = codecs.get(part.as.valueSerializer);
    this.key = part.as.keySerializer === undefined ? undefined : codecs.get(part.as.keySerializer);
  }

  async read(): Promise<StateEntry> {
    const { state, as } = this.part;
    const broadcast = as.kind === 'broadcast';
    this.checkOffsets();
    const elements: unknown[] = [];
    for (const i of as.offsets.keys()) {
      const view = await this.viewOf(i);
      const start = view.pos;
      elements.push(broadcast ? this.readBroadcast(view) : this.value.read(view));
      view.expectEnd('operator state');
      this.valueBytes += view.pos - start;
    }
    this.tally.entries += this.valueBytes;
    const value = broadcast ? elements[0] : elements;
    const { file, fileOffset } = this.bytes;
    const [from, last] = [as.offsets[0]!, as.offsets.at(-1)!];
    const span = [file, fileOffset + from, fileOffset + this.ends.get(last)!] as const;
    const args = [null, null, value, undefined, 0, this.valueBytes, ...span] as const;
    return new DecodedEntry(state, undefined, this.stream.subtask, ...args);
  }

  /** Elements are written one behind the other, a broadcast map in one piece. */
  private checkOffsets(): void {
    const { name, offsets, kind } = this.part.as;
    const broadcast = kind === 'broadcast';
    const at = offsets.findIndex((offset, i) => i > 0 && (broadcast || offset < offsets[i - 1]!));
    if (at < 0) return;
    const start = this.bytes.fileOffset + offsets[at]!;
    const reason = `offset ${offsets[at]} of state ${JSON.stringify(name)} comes behind offset ${offsets[at - 1]}`;
    const span = { file: this.bytes.file, start, end: start };
    throw new StatewrightError('BAD_VALUE', { span, kind: 'operator state offset', reason });
  }

  /** The bytes of each element, or of a broadcast map, one after the other. */
  async *views(): AsyncGenerator<DataInputView> {
    this.checkOffsets();
    for (const i of this.part.as.offsets.keys()) yield await this.viewOf(i);
  }

  private viewOf(position: number): Promise<DataInputView> {
    const { offsets } = this.part.as;
    const offset = offsets[position]!;
    // Several elements at one place: all but the last take no bytes.
    const end = offsets[position + 1] === offset ? offset : this.ends.get(offset)!;
    return this.frame(position, end);
  }

  /** A view limited to the bytes of one element, from the offset at that position to `end`. */
  private async frame(position: number, end: number): Promise<DataInputView> {
    const { bytes } = this;
    const offset = this.part.as.offsets[position]!;
    if (this.stream.compressed) return this.uncompressed(offset, end);
    if (this.window === undefined || this.windowAt !== offset) {
      const chunks = new RangeChunks(bytes, offset, this.endOfRun(position));
      this.window = new Window(chunks, bytes.file, bytes.fileOffset + offset);
    }
    const length = end - offset;
    const { window } = this;
    if (window.view.bytes.length - window.view.pos < length) await window.fill(length);
    this.windowAt = end;
    const { view } = window;
    view.limit = Math.min(view.pos + length, view.bytes.length);
    return view;
  }

  /** The end of the elements that lie one behind the other from a position on. */
  private endOfRun(position: number): number {
    const { offsets } = this.part.as;
    let end = this.ends.get(offsets[position]!)!;
    for (let i = position + 1; i < offsets.length && offsets[i]! <= end; i++) {
      end = this.ends.get(offsets[i]!)!;
    }
    return end;
  }

  private async uncompressed(offset: number, end: number): Promise<DataInputView> {
    const { bytes } = this;
    const filePos = bytes.fileOffset + offset;
    if (offset === end) return new DataInputView(new Uint8Array(0), bytes.file, filePos);
    const identified = offset === this.stream.headerLength;
    const chunks = new SnappyChunks(
      new RangeChunks(bytes, offset, end),
      bytes.file,
      filePos,
      identified,
      this.tally,
    );
    const window = new Window(chunks, `${bytes.file} (uncompressed from ${filePos})`, 0);
    while (!window.ended) await window.fill(window.view.bytes.length * 2);
    return window.view;
  }

  /** `i32` count, then count × (key, value); a value without an end of its own takes all the rest. */
  private readBroadcast(view: DataInputView): MapValue | Opaque {
    const key = this.key!;
    const open = mayRunToLimit(key) || mayRunToLimit(this.value);
    const start = view.pos;
    const count = view.readCount('broadcast state');
    const entries: [unknown, unknown][] = [];
    for (let i = 0; i < count; i++) {
      const k = key.read(view);
      if (open && view.openEnd === view.pos) return opaqueMap(view, start, k, count);
      const v = this.value.read(view);
      if (open && view.openEnd === view.pos && i < count - 1) return opaqueMap(view, start, v, count);
      entries.push([k, v]);
    }
    return new MapValue(entries);
  }
}

function opaqueMap(view: DataInputView, start: number, value: unknown, count: number): Opaque {
  const known = findOpaque(value);
  const bytes = view.bytes.slice(start, view.limit);
  const span = { file: view.file, start: view.fileOffset + start, end: view.fileOffset + view.limit };
  const why = `${known?.why ?? 'a value inside has no known end'}; its end is not known, so the ${count} entries cannot be told apart`;
  return new Opaque(bytes, span, why, known?.className, known?.serializer ?? '');
}
