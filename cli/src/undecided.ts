import type { Log } from './io/log.js';

/** Counts the entries that a condition could not decide. */
export class Undecided {
  private count = 0;
  private first = '';

  add(why: string): void {
    if (this.count === 0) this.first = why;
    this.count++;
  }

  report(log: Log): void {
    if (this.count === 0) return;
    const entries = this.count === 1 ? 'one entry, which was' : `${this.count} entries, which were`;
    log.error(`--where could not be decided for ${entries} left out: ${this.first}`);
  }
}
