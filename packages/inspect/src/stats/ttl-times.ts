import { jsonLong } from '../summary.js';
import type { AgeBucket, TtlStats } from './stats-views.js';
import { DAY_MILLIS, HOUR_MILLIS, MINUTE_MILLIS } from './timer-buckets.js';

/** Ends of the buckets, milliseconds before now; a bucket ends before its end. */
const AGES: readonly Pick<AgeBucket, 'name' | 'untilMillis'>[] = [
  { name: 'ahead of time', untilMillis: 0 },
  { name: 'last minute', untilMillis: MINUTE_MILLIS },
  { name: 'last hour', untilMillis: HOUR_MILLIS },
  { name: 'last day', untilMillis: DAY_MILLIS },
  { name: 'last week', untilMillis: 7 * DAY_MILLIS },
  { name: 'last 30 days', untilMillis: 30 * DAY_MILLIS },
  { name: 'last year', untilMillis: 365 * DAY_MILLIS },
  { name: 'before', untilMillis: null },
];

/** Watches the last-access times of a TTL state. */
export class TtlTimes {
  private values = 0;
  private expired = 0;
  private oldest: bigint | undefined;
  private newest: bigint | undefined;
  /** Values last used at or before this are expired. */
  private readonly limit: bigint | undefined;
  private readonly ages = AGES.map(() => ({ values: 0, expired: 0 }));

  constructor(
    private readonly atMillis: number,
    private readonly ttlMillis: number | undefined,
  ) {
    this.limit = ttlMillis === undefined ? undefined : BigInt(atMillis) - BigInt(ttlMillis);
  }

  add(times: bigint | readonly bigint[]): void {
    if (typeof times === 'bigint') this.addOne(times);
    else for (const time of times) this.addOne(time);
  }

  private addOne(time: bigint): void {
    this.values++;
    if (this.oldest === undefined || time < this.oldest) this.oldest = time;
    if (this.newest === undefined || time > this.newest) this.newest = time;
    // `TtlUtils#expired`: last access + ttl <= now.
    const isExpired = this.limit !== undefined && time <= this.limit;
    if (isExpired) this.expired++;
    const age = this.atMillis - Number(time);
    const bucket = this.ages[AGES.findIndex(({ untilMillis }) => untilMillis === null || age < untilMillis)]!;
    bucket.values++;
    if (isExpired) bucket.expired++;
  }

  /** `ages` tells the buckets, too. */
  result(ages = false): TtlStats {
    const known = this.ttlMillis !== undefined;
    return {
      values: this.values,
      oldestMillis: this.oldest === undefined ? null : jsonLong(this.oldest),
      newestMillis: this.newest === undefined ? null : jsonLong(this.newest),
      expired: known ? this.expired : null,
      expiredShare: known && this.values > 0 ? this.expired / this.values : null,
      ...(ages ? { ages: this.buckets(known) } : {}),
    };
  }
  private buckets(known: boolean): AgeBucket[] {
    return AGES.map((bucket, i) => {
      const { values, expired } = this.ages[i]!;
      return { ...bucket, values, expired: known ? expired : null };
    });
  }
}
