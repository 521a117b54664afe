import { type DataInputView, StatewrightError } from '@statewright/bytes';
import type { SnapshotRead } from '../headers/snapshot-read.js';
import { readTimerService, readTimerServiceCount, type TimerService } from '../headers/timer-services.js';
import type { StateEntry, StateStream } from '../model.js';
import type { StreamBytes } from '../stream-bytes.js';
import { RangeChunks } from './chunks.js';
import { driveSegment, limitTo, skipTo } from './drive-segment.js';
import { HeapSegment, type SegmentPlace } from './heap-segment.js';
import type { HeapPlan } from './heap-stream.js';
import { inFilter, type KeyGroupRange, keyGroupRanges } from './key-group-plan.js';
import type { ReadContext } from './read-context.js';
import { Window } from './window.js';

/**
 * The heap timers of a raw keyed stream, in batches.
 *
 *   for each key group, at its offset: the head of timer-services.ts, then for each service its head and twice (by event
 *   time, by processing time) i32 count and that many timers
 *
 * Follows `InternalTimerServiceSerializationProxy` (Flink 1.20).
 */
export async function* rawTimerEntries(
  stream: StateStream,
  bytes: StreamBytes,
  plans: readonly HeapPlan[],
  readSnapshot: SnapshotRead,
  context: ReadContext,
): AsyncGenerator<StateEntry[]> {
  const segment = new HeapSegment(context.batchEntries);
  const reader = new RawTimerReader(stream, bytes, plans, readSnapshot, segment, context);
  for (const group of keyGroupRanges(stream, bytes)) {
    if (inFilter(group, context.keyGroups)) yield* reader.group(group);
  }
  const rest = segment.take();
  if (rest.length > 0) yield rest;
}

class RawTimerReader {
  constructor(
    private readonly stream: StateStream,
    private readonly bytes: StreamBytes,
    private readonly plans: readonly HeapPlan[],
    private readonly readSnapshot: SnapshotRead,
    private readonly segment: HeapSegment,
    private readonly context: ReadContext,
  ) {}

  async *group(group: KeyGroupRange): AsyncGenerator<StateEntry[]> {
    const { bytes } = this;
    const start = bytes.fileOffset + group.start;
    const end = bytes.fileOffset + group.end;
    const window = new Window(new RangeChunks(bytes, group.start, group.end), bytes.file, start);
    const count = await this.whole(window, (input) => readTimerServiceCount(input));
    let open = count === undefined;
    for (let i = 0; i < (count ?? 0) && !open; i++) {
      const service = await this.whole(window, (input) => readTimerService(input, this.readSnapshot));
      open = yield* this.service(window, service, group.keyGroup, end, i === count! - 1);
    }
    if (open) this.context.tally.skipped += await skipTo(window, end);
    limitTo(window.view, end);
    window.view.limit = window.view.bytes.length;
    if (window.view.filePos !== end) window.view.expectEnd('raw keyed state');
  }

  /** Both queues of a service. True when one could not be read to its end. */
  private async *service(
    window: Window,
    service: TimerService,
    keyGroup: number,
    end: number,
    lastService: boolean,
  ): AsyncGenerator<StateEntry[], boolean> {
    for (const time of ['event', 'processing']) {
      const count = await this.whole(window, (input) => input.readInt('timers'));
      const plan = this.planOf(`_timer_state/${time}_${service.name}`, window.view);
      const { subtask } = this.stream;
      const last = lastService && time === 'processing';
      const place: SegmentPlace = {
        keyGroup,
        subtask,
        file: this.bytes.file,
        fixedSpan: undefined,
        end,
        last,
      };
      this.segment.begin(plan.plan, plan.wanted, count, place);
      if (yield* driveSegment(this.segment, window, place, this.context.tally)) return true;
    }
    return false;
  }

  private planOf(name: string, view: DataInputView): HeapPlan {
    const plan = this.plans.find((each) => each.plan.state.name === name);
    if (plan !== undefined) return plan;
    const reason = `timer queue ${JSON.stringify(name)} is not among those of the first key group`;
    throw view.error('BAD_VALUE', 'raw keyed state', reason);
  }

  /** Reads something small, with more bytes when it does not fit. */
  private async whole<T>(window: Window, read: (input: DataInputView) => T): Promise<T> {
    for (let wanted = 1024; ; wanted *= 4) {
      const { view } = window;
      if (!window.ended && view.bytes.length - view.pos < wanted) await window.fill(wanted);
      const at = window.view.pos;
      window.view.limit = window.view.bytes.length;
      try {
        const result = read(window.view);
        this.context.tally.framing += window.view.pos - at;
        return result;
      } catch (error) {
        const short = error instanceof StatewrightError && /^(TRUNCATED|BAD_LENGTH)$/.test(error.code);
        if (!short || window.ended) throw error;
        window.view.pos = at;
      }
    }
  }
}
