import { type DataInputView, StatewrightError } from '@statewright/bytes';
import { MapValue, Opaque, type TimerValue, type TtlValue } from '@statewright/serializers';
import type { StateEntry } from '../model.js';
import { nullWithTtl, takeTtls } from './canonical-entries.js';
import { follower } from './composite-key.js';
import { DecodedEntry } from './entry.js';
import { findOpaque } from './find-opaque.js';
import { mayRunToLimit } from './may-run.js';
import type { StatePlan } from './state-plan.js';

/**
 * What stopped the reading of a segment: all entries are read; the batch is full; the bytes in the view do not hold the
 * next entry; all bytes of the segment are needed, since a value without a known end comes; such a value took them.
 */
export type Stop = 'done' | 'batch-full' | 'more-bytes' | 'all-bytes' | 'open';

/** Where a segment's entries belong. */
export interface SegmentPlace {
  readonly keyGroup: number;
  readonly subtask: number;
  readonly file: string;
  /** Place of the bytes before they were uncompressed; undefined when they lie in the file as they are. */
  readonly fixedSpan: { readonly start: number; readonly end: number } | undefined;
  /** File position at which the bytes that may belong to the segment end. */
  readonly end: number;
  /** No other state follows within those bytes. */
  readonly last: boolean;
}

/** How much of the bytes lies in the view: a part; all of it; too much of it to be held at once. */
export type Extent = 'part' | 'all' | 'too-large';

const NOTHING = new Uint8Array(0);

/**
 * The entries of one state in one key group, as the heap writes them.
 *
 *   key-value state: count × (namespace, key, state)
 *   timers:          count × timer
 *
 * Follows `CopyOnWriteStateTableSnapshot#writeStateInKeyGroup` and `KeyGroupPartitioner` (Flink 2.3). No entry has a
 * length: the next one is found only by reading this one, and behind a value whose end nothing tells, none is.
 */
export class HeapSegment {
  private out: DecodedEntry[] = [];
  private remaining = 0;
  private plan!: StatePlan;
  wanted = false;
  private place!: SegmentPlace;
  private mayRun = false;

  constructor(private readonly batchEntries: number) {}

  begin(plan: StatePlan, wanted: boolean, count: number, place: SegmentPlace): void {
    this.plan = plan;
    this.wanted = wanted;
    this.remaining = count;
    this.place = place;
    this.mayRun = [plan.namespace, plan.key, plan.whole].some(mayRunToLimit);
  }

  /** The entries decoded so far; they are forgotten here. */
  take(): StateEntry[] {
    const batch = this.out;
    this.out = [];
    return batch;
  }

  /** Decodes what the view holds. */
  decode(view: DataInputView, extent: Extent): Stop {
    let start = view.pos;
    try {
      for (; this.remaining > 0; this.remaining--) {
        if (this.out.length >= this.batchEntries) return 'batch-full';
        start = view.pos;
        const stop = this.wanted ? this.readEntry(view, extent) : this.skipEntry(view);
        if (view.pos === start && stop === undefined) throw withoutBytes(view, this.remaining);
        if (stop === undefined) continue;
        if (stop === 'all-bytes') view.pos = start;
        return stop;
      }
      return 'done';
    } catch (error) {
      if (extent === 'all' || !isShortage(error)) throw error;
      view.pos = start;
      view.depth = 0;
      return 'more-bytes';
    }
  }

  private skipEntry(view: DataInputView): Stop | undefined {
    const { plan } = this;
    const parts = plan.shape === 'timer' ? [plan.whole] : [plan.namespace, plan.key, plan.whole];
    for (const codec of parts) {
      // Only reading says for sure where a value without an end of its own stopped.
      if (this.mayRun) codec.read(view);
      else codec.skip(view);
      if (this.isOpen(view)) return 'open';
    }
    return undefined;
  }

  /** Whether what was just read has no end of its own. */
  private isOpen(view: DataInputView): boolean {
    return this.mayRun && view.openEnd === view.pos;
  }

  private readEntry(view: DataInputView, extent: Extent): Stop | undefined {
    const { plan } = this;
    const start = view.pos;
    if (plan.shape === 'timer') return this.readTimer(view, start, extent);
    const namespace = plan.namespace.read(view);
    if (this.isOpen(view)) {
      const rest = follower(view);
      return this.pushOpen(view, start, start, extent, namespace, (all) => [rest, all, rest]);
    }
    const keyStart = view.pos;
    const key = plan.key.read(view);
    if (this.isOpen(view)) {
      return this.pushOpen(view, start, keyStart, extent, key, (all) => [all, namespace, follower(view)]);
    }
    const valueStart = view.pos;
    const value = plan.whole.read(view);
    if (this.isOpen(view) && !this.isExact(extent)) {
      return this.pushOpen(view, start, valueStart, extent, value, (all) => [key, namespace, all]);
    }
    this.pushValue(view, start, key, namespace, value, valueStart - keyStart, view.pos - valueStart);
    return undefined;
  }

  private readTimer(view: DataInputView, start: number, extent: Extent): Stop | undefined {
    const timer = this.plan.whole.read(view) as TimerValue;
    if (this.isOpen(view) && !this.isExact(extent)) {
      const { key } = timer;
      // In raw state the timestamp stands behind the key, and is lost with it.
      const timestampMillis = this.plan.legacyTimer ? follower(view) : timer.timestampMillis;
      return this.pushOpen(view, start, start + 8, extent, key, (all) => [
        all,
        follower(view),
        timestampMillis,
      ]);
    }
    const keyBytes = view.pos - start - 8;
    this.push(
      view,
      start,
      view.pos,
      timer.key,
      timer.namespace,
      timer.timestampMillis,
      undefined,
      keyBytes,
      8,
    );
    return undefined;
  }

  /** A value without an end of its own ends where all bytes do, when nothing else can follow it. */
  private isExact(extent: Extent): boolean {
    return extent === 'all' && this.place.last && this.remaining === 1;
  }

  /** What took everything from `from` on becomes one opaque value; `parts` puts it at its place: key, namespace, value. */
  private pushOpen(
    view: DataInputView,
    start: number,
    from: number,
    extent: Extent,
    value: unknown,
    parts: (all: Opaque) => [unknown, unknown, unknown],
  ): Stop {
    if (extent === 'part') return 'all-bytes';
    const end = extent === 'all' ? view.limit : this.place.end - view.fileOffset;
    const bytes = extent === 'all' ? view.bytes.slice(from, view.limit) : NOTHING;
    const known = findOpaque(value);
    const span = { file: view.file, start: view.fileOffset + from, end: view.fileOffset + end };
    const why = `${known?.why ?? 'a value inside has no known end'}; ${this.whatElse(extent, end - from)}`;
    const all = new Opaque(bytes, span, why, known?.className, known?.serializer ?? '');
    const [key, namespace, shown] = parts(all);
    this.push(view, start, end, key, namespace, shown, undefined, 0, end - from);
    this.out.at(-1)!.open = true;
    return 'open';
  }

  private whatElse(extent: Extent, length: number): string {
    const others = this.remaining - 1;
    const held = extent === 'all' ? '' : `, ${length} bytes that are not held in memory`;
    return `its end is not known, so it stands for all that follows in the key group: ${others} more entries of the state and any later states${held}`;
  }

  private pushValue(
    view: DataInputView,
    start: number,
    key: unknown,
    namespace: unknown,
    value: unknown,
    keyBytes: number,
    valueBytes: number,
  ): void {
    const { shape, ttl } = this.plan;
    let plain = value;
    let times: bigint | readonly bigint[] | undefined;
    if (ttl && shape === 'list') {
      times = takeTtls(value as unknown[]);
    } else if (ttl && shape === 'map') {
      const { entries } = value as MapValue;
      if (entries.some(([, part]) => part === null)) throw nullWithTtl(view, start);
      times = entries.map((entry) => (entry[1] as TtlValue).lastAccessMillis);
      plain = new MapValue(entries.map((entry) => [entry[0], (entry[1] as TtlValue).value]));
    } else if (ttl) {
      times = (value as TtlValue).lastAccessMillis;
      plain = (value as TtlValue).value;
    }
    this.push(view, start, view.pos, key, namespace, plain, times, keyBytes, valueBytes);
  }

  /** One entry for a state that lies behind a value without a known end, so that it does not seem to be empty. */
  pushUnreached(plan: StatePlan, place: SegmentPlace, behind: string, view: DataInputView): void {
    this.plan = plan;
    this.place = place;
    const span = { file: view.file, start: view.filePos, end: view.filePos };
    const why = `the state lies behind a value of ${JSON.stringify(behind)} whose end is not known`;
    const nothing = new Opaque(NOTHING, span, why, undefined, '');
    this.push(view, view.pos, view.pos, nothing, nothing, nothing, undefined, 0, 0);
    this.out.at(-1)!.open = true;
  }

  private push(
    view: DataInputView,
    start: number,
    end: number,
    key: unknown,
    namespace: unknown,
    value: unknown,
    ttl: bigint | readonly bigint[] | undefined,
    keyBytes: number,
    valueBytes: number,
  ): void {
    const { keyGroup, subtask, file, fixedSpan } = this.place;
    const from = fixedSpan === undefined ? view.fileOffset + start : fixedSpan.start;
    const to = fixedSpan === undefined ? view.fileOffset + end : fixedSpan.end;
    const { state } = this.plan;
    const args = [key, namespace, value, ttl, keyBytes, valueBytes, file, from, to] as const;
    this.out.push(new DecodedEntry(state, keyGroup, subtask, ...args));
  }
}

/** The view may end before the entry does; a length that does not fit may be right. */
export function isShortage(error: unknown): boolean {
  return error instanceof StatewrightError && (error.code === 'TRUNCATED' || error.code === 'BAD_LENGTH');
}

/** A key and a namespace take at least one byte; else a few bytes could claim two billion entries. */
function withoutBytes(view: DataInputView, count: number): StatewrightError {
  const reason = `${count} entries are to follow but an entry takes no bytes`;
  return view.error('BAD_LENGTH', 'number of entries', reason, 0);
}
