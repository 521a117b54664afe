import type { DataInputView } from '@statewright/bytes';
import { TimerValue } from '@statewright/serializers';
import { limitTo } from '../entries/drive-segment.js';
import { type Extent, HeapSegment, isShortage, type SegmentPlace } from '../entries/heap-segment.js';
import { mayRunToLimit } from '../entries/may-run.js';
import type { StatePlan } from '../entries/state-plan.js';
import type { Window } from '../entries/window.js';
import { keyGroupFor } from '../key-groups.js';
import type { StateEntry } from '../model.js';
import { checkSameGroup } from './canonical-rewriter.js';
import { convertWhole, encodeHeapEntry } from './heap-encoding.js';
import type { HeapWriter } from './heap-writer.js';
import { cannotRewrite } from './new-state.js';
import { isCopied, type StateRewrite } from './rewrite.js';

/** What the segments of one state are rewritten with. */
export interface HeapHandler {
  readonly rewrite: StateRewrite;
  readonly from: StatePlan;
  readonly to: StatePlan;
}

const BATCH = 256;

/** Rewrites segments of heap streams: the entries of one state in one key group. */
export class HeapRewriter {
  private readonly segment = new HeapSegment(BATCH);

  constructor(
    private readonly writer: HeapWriter,
    private readonly maxParallelism: number,
  ) {}

  /** A segment of `count` entries, which follow in the window. */
  async segmentIn(window: Window, handler: HeapHandler, count: number, place: SegmentPlace): Promise<void> {
    const { rewrite } = handler;
    if (rewrite.targetId < 0 || isCopied(rewrite)) await this.copy(window, handler, count, place);
    else if (rewrite.entries !== undefined) await this.changeEntries(window, handler, count, place);
    else await this.changeValues(window, handler, count, place);
  }

  /** Entries as they are, or none of them. */
  private async copy(
    window: Window,
    handler: HeapHandler,
    count: number,
    place: SegmentPlace,
  ): Promise<void> {
    const { rewrite, from } = handler;
    const { counts, targetId } = rewrite;
    counts.entriesIn += count;
    if (targetId >= 0) {
      this.writer.beginCounted(targetId, count);
      counts.entriesOut += count;
      counts.copied += count;
    }
    this.segment.begin(from, false, count, place);
    await this.drive(window, handler, place, (bytes) => {
      counts.bytesIn += bytes.length;
      if (targetId < 0) return;
      counts.bytesOut += bytes.length;
      this.writer.write(bytes);
    });
    if (targetId >= 0) this.writer.endCounted();
  }

  /** Entries as decoded entries, each of which becomes others. */
  private async changeEntries(
    window: Window,
    handler: HeapHandler,
    count: number,
    place: SegmentPlace,
  ): Promise<void> {
    const { rewrite, from } = handler;
    this.writer.beginSegment(rewrite.targetId);
    let written = 0;
    this.segment.begin(from, true, count, place);
    await this.drive(window, handler, place, (bytes) => {
      rewrite.counts.bytesIn += bytes.length;
      for (const entry of this.segment.take()) written += this.changeEntry(handler, entry);
    });
    this.writer.endSegment(written);
  }

  /** Gives the number of entries that were written. */
  private changeEntry({ rewrite, to }: HeapHandler, entry: StateEntry): number {
    const { counts, watch } = rewrite;
    const { body } = this.writer;
    const mark = body.length;
    let written = 0;
    counts.entriesIn++;
    try {
      const results = rewrite.entries!(entry);
      for (const each of results) if (encodeHeapEntry(to, each, body)) written++;
      if (watch.wantsSample) {
        watch.sample(
          entry,
          results.map((each) => ({ ...entry, ...each })),
        );
      }
    } catch (thrown) {
      body.length = mark;
      if (!watch.isSkip(thrown)) watch.failed(thrown, () => entry);
      return 0;
    }
    counts.entriesOut += written;
    counts.bytesOut += body.length - mark;
    return written;
  }

  /** Hands the bytes of whole entries on as the window holds them. */
  private async drive(
    window: Window,
    handler: HeapHandler,
    place: SegmentPlace,
    consume: (bytes: Uint8Array) => void,
  ): Promise<void> {
    for (;;) {
      limitTo(window.view, place.end);
      const { view } = window;
      const before = view.pos;
      const stop = this.segment.decode(view, extentOf(window, place));
      if (stop === 'open' || stop === 'all-bytes') throw withoutEnd(handler);
      consume(view.bytes.subarray(before, view.pos));
      await this.writer.flush();
      if (stop === 'done') return;
      if (stop === 'more-bytes') await window.fill(Math.max(window.view.remaining * 2, 1));
    }
  }

  /** Entries of which parts change. */
  private async changeValues(
    window: Window,
    handler: HeapHandler,
    count: number,
    place: SegmentPlace,
  ): Promise<void> {
    const { rewrite, from } = handler;
    const { counts } = rewrite;
    const open = [from.namespace, from.key, from.whole].some(mayRunToLimit);
    this.writer.beginSegment(rewrite.targetId);
    let written = 0;
    for (let left = count; left > 0; ) {
      limitTo(window.view, place.end);
      const { view } = window;
      const start = view.pos;
      const parts = readParts(view, from, extentOf(window, place));
      if (parts === undefined) {
        view.pos = start;
        await window.fill(Math.max(view.remaining * 2, 1));
        continue;
      }
      if (parts === 'open') throw withoutEnd(handler);
      if (open && view.openEnd === view.pos && !(place.last && left === 1)) throw withoutEnd(handler);
      counts.entriesIn++;
      counts.bytesIn += view.pos - start;
      if (this.changeParts(handler, view, parts, place)) written++;
      left--;
    }
    this.writer.endSegment(written);
  }

  /** Writes one entry with what changes; false when it is left out. */
  private changeParts(handler: HeapHandler, view: DataInputView, parts: Parts, place: SegmentPlace): boolean {
    const { rewrite, from } = handler;
    const { counts, watch } = rewrite;
    const { body } = this.writer;
    const mark = body.length;
    try {
      const changed =
        from.shape === 'timer'
          ? this.changeTimer(handler, parts, place)
          : this.changeState(handler, view, parts, place);
      if (!changed) body.length = mark;
      if (!changed) return false;
    } catch (thrown) {
      body.length = mark;
      if (!watch.isSkip(thrown)) watch.failed(thrown, () => entryOf(handler, parts, place));
      return false;
    }
    counts.entriesOut++;
    counts.bytesOut += body.length - mark;
    return true;
  }

  private changeTimer({ rewrite, to }: HeapHandler, { whole }: Parts, place: SegmentPlace): boolean {
    const timer = whole as TimerValue;
    const { key, namespace } = rewrite.values!;
    const newKey = key === undefined ? timer.key : key(timer.key);
    if (key !== undefined) this.checkKeyGroup(to, newKey, place.keyGroup);
    const newNamespace = namespace === undefined ? timer.namespace : namespace(timer.namespace);
    to.whole.write(this.writer.body, new TimerValue(timer.timestampMillis, newKey, newNamespace));
    return true;
  }

  private changeState(handler: HeapHandler, view: DataInputView, parts: Parts, place: SegmentPlace): boolean {
    const { rewrite, from, to } = handler;
    const { body } = this.writer;
    const values = rewrite.values!;
    const { namespace, key } = values;
    const after = { namespace: parts.namespace, key: parts.key };
    if (namespace === undefined) {
      body.writeRange(view.bytes, parts.start, parts.keyStart);
    } else {
      after.namespace = namespace(parts.namespace);
      to.namespace.write(body, after.namespace);
    }
    if (key === undefined) {
      body.writeRange(view.bytes, parts.keyStart, parts.valueStart);
    } else {
      after.key = key(parts.key);
      this.checkKeyGroup(to, after.key, place.keyGroup);
      to.key.write(body, after.key);
    }
    const isSkip = (thrown: unknown): boolean => rewrite.watch.isSkip(thrown);
    const whole = convertWhole(from, parts.whole, values, isSkip);
    if (whole === undefined) return false;
    to.whole.write(body, whole);
    if (rewrite.watch.wantsSample) {
      const entry = entryOf(handler, parts, place);
      rewrite.watch.sample(entry, [{ ...entry, ...after, value: whole }]);
    }
    return true;
  }

  private checkKeyGroup(to: StatePlan, key: unknown, keyGroup: number): void {
    if (mayRunToLimit(to.key)) return;
    const hash = to.key.hash?.(key);
    if (hash !== undefined) checkSameGroup(keyGroupFor(hash, this.maxParallelism), keyGroup, to.state.name);
  }
}

function extentOf({ view, ended }: Window, { end }: SegmentPlace): Extent {
  return ended || view.fileOffset + view.bytes.length >= end ? 'all' : 'part';
}

/** The parts of an entry, and where they lie in the view. */
interface Parts {
  readonly namespace: unknown;
  readonly key: unknown;
  readonly whole: unknown;
  readonly start: number;
  readonly keyStart: number;
  readonly valueStart: number;
}

/** Reads one entry; undefined when the view does not hold all of it, `open` when nothing tells where its key ends. */
function readParts(view: DataInputView, plan: StatePlan, extent: Extent): Parts | 'open' | undefined {
  const start = view.pos;
  try {
    if (plan.shape === 'timer') {
      const whole = plan.whole.read(view);
      return { namespace: undefined, key: undefined, whole, start, keyStart: start, valueStart: start };
    }
    const namespace = plan.namespace.read(view);
    if (plan.namespaceMayRun && view.openEnd === view.pos) return 'open';
    const keyStart = view.pos;
    const key = plan.key.read(view);
    if (plan.keyMayRun && view.openEnd === view.pos) return 'open';
    const valueStart = view.pos;
    const whole = plan.whole.read(view);
    // It has taken all there is, but more is to come.
    if (extent === 'part' && view.openEnd === view.pos) return undefined;
    return { namespace, key, whole, start, keyStart, valueStart };
  } catch (error) {
    if (extent === 'all' || !isShortage(error)) throw error;
    view.depth = 0;
    return undefined;
  }
}

function entryOf({ from }: HeapHandler, parts: Parts, place: SegmentPlace): StateEntry {
  const { whole } = parts;
  const timer = whole instanceof TimerValue ? whole : undefined;
  const { file, keyGroup, subtask } = place;
  return {
    state: from.state,
    keyGroup,
    subtask,
    key: timer?.key ?? parts.key,
    namespace: timer?.namespace ?? parts.namespace,
    value: timer?.timestampMillis ?? whole,
    ttl: undefined,
    keyBytes: 0,
    valueBytes: 0,
    span: { file, start: 0, end: 0 },
  };
}

/** Behind such a value nothing can be found in a heap stream. */
function withoutEnd({ from }: HeapHandler): Error {
  const { name, valueSerializer } = from.state;
  const reason = `state ${JSON.stringify(name)} holds values of ${JSON.stringify(valueSerializer.className)} whose end nothing tells in the heap's format`;
  return cannotRewrite(reason, 'take a savepoint in canonical format and migrate that one');
}
