import { jsonLong } from '../summary.js';
import type { TtlStats } from './stats-views.js';

/** Watches the last-access times of a TTL state. */
export class TtlTimes {
  private values = 0;
  private expired = 0;
  private oldest: bigint | undefined;
  private newest: bigint | undefined;
  /** Values last used at or before this are expired. */
  private readonly limit: bigint | undefined;

  constructor(
    atMillis: number,
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
    if (this.limit !== undefined && time <= this.limit) this.expired++;
  }

  result(): TtlStats {
    const known = this.ttlMillis !== undefined;
    return {
      values: this.values,
      oldestMillis: this.oldest === undefined ? null : jsonLong(this.oldest),
      newestMillis: this.newest === undefined ? null : jsonLong(this.newest),
      expired: known ? this.expired : null,
      expiredShare: known && this.values > 0 ? this.expired / this.values : null,
    };
  }
}
