import { jsonLong } from '../summary.js';
import type { TimerStats } from './stats-views.js';

/** A minute, in milliseconds. */
export const MINUTE_MILLIS = 60_000;
/** An hour, in milliseconds. */
export const HOUR_MILLIS = 60 * MINUTE_MILLIS;
/** A day of 24 hours, in milliseconds. */
export const DAY_MILLIS = 24 * HOUR_MILLIS;

/** Ends of the buckets, milliseconds from now; a bucket ends before its end. */
const BUCKETS: readonly { readonly name: string; readonly untilMillis: number | null }[] = [
  { name: 'overdue', untilMillis: 0 },
  { name: 'within a minute', untilMillis: MINUTE_MILLIS },
  { name: 'within an hour', untilMillis: HOUR_MILLIS },
  { name: 'within a day', untilMillis: DAY_MILLIS },
  { name: 'within a week', untilMillis: 7 * DAY_MILLIS },
  { name: 'within 30 days', untilMillis: 30 * DAY_MILLIS },
  { name: 'within a year', untilMillis: 365 * DAY_MILLIS },
  { name: 'later', untilMillis: null },
];

/** Counts timers by the time until they are due. */
export class TimerBuckets {
  private readonly counts = BUCKETS.map(() => 0);
  private earliest: bigint | undefined;
  private latest: bigint | undefined;

  constructor(private readonly atMillis: number) {}

  add(dueMillis: bigint): void {
    if (this.earliest === undefined || dueMillis < this.earliest) this.earliest = dueMillis;
    if (this.latest === undefined || dueMillis > this.latest) this.latest = dueMillis;
    const left = Number(dueMillis) - this.atMillis;
    const bucket = BUCKETS.findIndex(({ untilMillis }) => untilMillis === null || left < untilMillis);
    this.counts[bucket]!++;
  }

  result(): TimerStats {
    return {
      earliestMillis: this.earliest === undefined ? null : jsonLong(this.earliest),
      latestMillis: this.latest === undefined ? null : jsonLong(this.latest),
      buckets: BUCKETS.map((bucket, i) => ({ ...bucket, count: this.counts[i]! })),
    };
  }
}
