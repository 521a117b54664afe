import { DataInputView, StatewrightError } from '@statewright/bytes';
import type { SnapshotFormat } from '@statewright/serializers';
import { CanonicalEntries, type RawEntry } from '../entries/canonical-entries.js';
import { CodecCache } from '../entries/codec-cache.js';
import { mayRunToLimit } from '../entries/may-run.js';
import { planState, type StatePlan } from '../entries/state-plan.js';
import { keyGroupFor, keyGroupPrefixBytes } from '../key-groups.js';
import type { State, StateEntry, StateStream } from '../model.js';
import type { FrameWriter } from './canonical-writer.js';
import { EntryChanging } from './entry-changing.js';
import type { FrameRun, FrameSink } from './frame-walker.js';
import { asStreamState } from './new-state.js';
import { isCopied, readAs, type StateRewrite } from './rewrite.js';
import { ValueFrames } from './value-frames.js';

/** Takes runs of frames of one state. */
interface StateHandler {
  run(view: DataInputView, run: FrameRun): void;
}

/** Where the frames come from: the stream, its file, and what its states are. */
export interface CanonicalSource {
  readonly stream: StateStream;
  readonly file: string;
  /** By state id; into several states only where frames may come in any order. */
  readonly states: readonly { readonly state: State; readonly rewrites: readonly StateRewrite[] }[];
  readonly codecs: CodecCache;
  /** The snapshot's formats of serializer snapshots. */
  readonly formats: readonly SnapshotFormat[];
  readonly maxParallelism: number;
}

/** Rewrites the frames of a canonical stream into another one with the same key groups, state by state. */
export class CanonicalRewriter implements FrameSink {
  private readonly handlers: readonly StateHandler[];

  constructor(
    source: CanonicalSource,
    private readonly writer: FrameWriter,
  ) {
    this.handlers = source.states.map(({ rewrites }, id) => {
      const handlers = rewrites.map((rewrite) => handlerOf(source, id, rewrite, writer));
      return handlers.length === 1 ? handlers[0]! : new Several(handlers);
    });
  }

  beginGroup(keyGroup: number): void {
    this.writer.beginGroup(keyGroup);
  }

  run(view: DataInputView, run: FrameRun): void {
    const handler = this.handlers[run.stateId];
    // A state that the header does not tell: nothing before it was left out, so that it has its old id.
    if (handler === undefined) this.writer.writeFrames(run.stateId, view.bytes, run.start, run.end, run.last);
    else handler.run(view, run);
  }

  endGroup(): void {
    this.writer.endGroup();
  }
}

function handlerOf(
  source: CanonicalSource,
  id: number,
  rewrite: StateRewrite,
  writer: FrameWriter,
): StateHandler {
  if (rewrite.targetId < 0) return new Dropping(rewrite);
  if (isCopied(rewrite)) return new Copying(rewrite, writer);
  if (rewrite.entries !== undefined) return new ChangingEntries(source, id, rewrite, writer);
  return new ChangingValues(source, id, rewrite, writer);
}

/** One state that becomes several. */
class Several implements StateHandler {
  constructor(private readonly handlers: readonly StateHandler[]) {}

  run(view: DataInputView, run: FrameRun): void {
    for (const handler of this.handlers) handler.run(view, run);
  }
}

class Dropping implements StateHandler {
  constructor(private readonly rewrite: StateRewrite) {}

  run(_view: DataInputView, run: FrameRun): void {
    this.rewrite.counts.entriesIn += run.frames;
    this.rewrite.counts.bytesIn += run.payload;
  }
}

class Copying implements StateHandler {
  constructor(
    private readonly rewrite: StateRewrite,
    private readonly writer: FrameWriter,
  ) {}

  run(view: DataInputView, run: FrameRun): void {
    const { counts, targetId } = this.rewrite;
    counts.entriesIn += run.frames;
    counts.bytesIn += run.payload;
    counts.entriesOut += run.frames;
    counts.bytesOut += run.payload;
    counts.copied += run.frames;
    this.writer.writeFrames(targetId, view.bytes, run.start, run.end, run.last);
  }
}

/** The plans that a state's entries are read and written with. */
function plansOf(
  { stream, states, codecs, formats }: CanonicalSource,
  id: number,
  rewrite: StateRewrite,
): { from: StatePlan; to: StatePlan } {
  const { state } = states[id]!;
  const as = readAs(stream.states[id]!, rewrite);
  const own = rewrite.formats === undefined ? codecs : new CodecCache([...formats, ...rewrite.formats]);
  return {
    from: planState(state, as, own),
    to: planState(state, asStreamState(rewrite.target, as.span), codecs),
  };
}

/** Sets `raw` to the frame at a position; gives the position behind it. The frame was checked before. */
function frameAt(view: DataInputView, at: number, prefixBytes: number, raw: RawEntry): number {
  const { data } = view;
  raw.start = at;
  raw.key = at + 4 + prefixBytes;
  raw.keyEnd = at + 4 + data.getInt32(at);
  raw.value = raw.keyEnd + 4;
  raw.valueEnd = raw.value + data.getInt32(raw.keyEnd);
  return raw.valueEnd;
}

function noFrame(): RawEntry {
  return { start: 0, key: 0, keyEnd: 0, value: 0, valueEnd: 0 };
}

class ChangingValues implements StateHandler {
  private readonly prefixBytes: number;
  private readonly frames: ValueFrames;
  private readonly raw = noFrame();
  private readonly plans: { readonly from: StatePlan; readonly to: StatePlan };

  constructor(
    private readonly source: CanonicalSource,
    id: number,
    private readonly rewrite: StateRewrite,
    private readonly writer: FrameWriter,
  ) {
    this.prefixBytes = keyGroupPrefixBytes(source.maxParallelism);
    this.plans = plansOf(source, id, rewrite);
    this.frames = new ValueFrames(this.plans.from, this.plans.to, this.rewrite.values!, this.rewrite.watch);
  }

  run(view: DataInputView, run: FrameRun): void {
    const { raw, frames, rewrite, prefixBytes } = this;
    const { counts } = rewrite;
    counts.entriesIn += run.frames;
    counts.bytesIn += run.payload;
    for (let at = run.start; at < run.end; ) {
      at = frameAt(view, at, prefixBytes, raw);
      if (frames.change(view, raw)) this.write(view, run.keyGroup);
      else if (frames.failure !== undefined) {
        rewrite.watch.failed(frames.failure, () => this.decode(view, run.keyGroup));
      }
    }
  }

  /** The frame with what has changed. */
  private write(view: DataInputView, keyGroup: number): void {
    const { raw, frames, rewrite, writer } = this;
    const { body, prefixBytes } = writer;
    if (frames.changesKey) this.checkKeyGroup(keyGroup);
    writer.beginFrame(rewrite.targetId);
    const start = body.length;
    const keyBytes = frames.changesKey ? frames.key.length : raw.keyEnd - raw.key;
    const valueBytes = frames.changesValue ? frames.value.length : raw.valueEnd - raw.value;
    body.writeInt(prefixBytes + keyBytes);
    writer.writePrefix();
    if (frames.changesKey) body.writeAll(frames.key);
    else body.writeRange(view.bytes, raw.key, raw.keyEnd);
    body.writeInt(valueBytes);
    if (frames.changesValue) body.writeAll(frames.value);
    else body.writeRange(view.bytes, raw.value, raw.valueEnd);
    writer.endFrame();
    rewrite.counts.entriesOut++;
    rewrite.counts.bytesOut += keyBytes + valueBytes;
    if (rewrite.watch.wantsSample) this.sample(view, keyGroup, start);
  }

  /** A key may look otherwise and must not belong elsewhere. */
  private checkKeyGroup(keyGroup: number): void {
    const { key } = this.plans.to;
    if (this.rewrite.values!.key === undefined || mayRunToLimit(key)) return;
    const hash = key.hash?.(this.frames.newKeyValue);
    if (hash === undefined) return;
    checkSameGroup(keyGroupFor(hash, this.source.maxParallelism), keyGroup, this.rewrite.target.name);
  }

  private decode(view: DataInputView, keyGroup: number): StateEntry | undefined {
    return decodeFrame(this.plans.from, view, this.raw, keyGroup, this.source.stream.subtask);
  }

  private sample(view: DataInputView, keyGroup: number, start: number): void {
    const before = this.decode(view, keyGroup);
    const written = new DataInputView(this.writer.body.view().slice(start), 'the result');
    const raw = noFrame();
    frameAt(written, 0, this.writer.prefixBytes, raw);
    const after = decodeFrame(this.plans.to, written, raw, keyGroup, this.source.stream.subtask);
    this.rewrite.watch.sample(before!, [after!]);
  }
}

/** One frame as an entry: of a map, the entry with that one key. */
function decodeFrame(
  plan: StatePlan,
  view: DataInputView,
  raw: RawEntry,
  keyGroup: number,
  subtask: number,
): StateEntry | undefined {
  const entries = new CanonicalEntries(subtask, view.file, Number.MAX_SAFE_INTEGER);
  entries.keyGroup = keyGroup;
  entries.add(plan, view, raw);
  entries.flush();
  return entries.out[0];
}

/** Throws for an entry that would get into a key group to which its key does not belong. */
export function checkSameGroup(expected: number, keyGroup: number, name: string): void {
  if (expected === keyGroup) return;
  const reason = `a new key of state ${JSON.stringify(name)} belongs to key group ${expected} but its old one to ${keyGroup}`;
  throw new StatewrightError('NOT_SUPPORTED', { kind: 'key group', reason });
}

/** Maps are handed on in pieces of so many entries. */
const MAP_PIECE = 64 * 1024;

class ChangingEntries implements StateHandler {
  private readonly plans: { readonly from: StatePlan; readonly to: StatePlan };
  private readonly entries: CanonicalEntries;
  private readonly raw = noFrame();
  private readonly prefixBytes: number;
  private readonly changing: EntryChanging;

  constructor(
    source: CanonicalSource,
    id: number,
    private readonly rewrite: StateRewrite,
    writer: FrameWriter,
  ) {
    this.prefixBytes = keyGroupPrefixBytes(source.maxParallelism);
    this.plans = plansOf(source, id, rewrite);
    // What becomes a list or a value must be seen whole.
    const most = rewrite.target.kind === 'map' ? MAP_PIECE : Number.MAX_SAFE_INTEGER;
    this.entries = new CanonicalEntries(source.stream.subtask, source.file, most);
    this.changing = new EntryChanging(rewrite, this.plans.to, writer);
  }

  run(view: DataInputView, run: FrameRun): void {
    const { raw, entries, prefixBytes, rewrite } = this;
    rewrite.counts.entriesIn += run.frames;
    rewrite.counts.bytesIn += run.payload;
    entries.keyGroup = run.keyGroup;
    for (let at = run.start; at < run.end; ) {
      at = frameAt(view, at, prefixBytes, raw);
      entries.add(this.plans.from, view, raw);
      if (entries.out.length > 0) this.drain();
    }
    if (!run.ends) return;
    entries.flush();
    this.drain();
  }

  private drain(): void {
    for (const entry of this.entries.out) this.changing.change(entry);
    this.entries.out.length = 0;
  }
}
