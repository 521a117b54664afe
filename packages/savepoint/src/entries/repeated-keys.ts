const SLOTS = 64;
/** Longer keys are seldom the same. */
const MOST = 24;
/** After so many keys it shows whether they repeat. */
const TRIAL = 1024;

/**
 * Map keys that were decoded before, by their bytes. The maps of a state often have the same few keys, such as names;
 * comparing their bytes costs less than making a new string. Where keys do not repeat, it soon stops looking.
 */
export class RepeatedKeys {
  private readonly bytes = new Uint8Array(SLOTS * MOST);
  private readonly lengths = new Uint8Array(SLOTS);
  private readonly texts = new Array<string>(SLOTS).fill('');
  private found = 0;
  private missed = 0;

  /** The key that has these bytes; undefined when it is not known. */
  find(bytes: Uint8Array, start: number, end: number): string | undefined {
    const length = end - start;
    if (length === 0 || length > MOST || this.missed >= TRIAL) return undefined;
    const slot = slotOf(bytes, start, end);
    if (this.lengths[slot] !== length) return undefined;
    const own = this.bytes;
    for (let i = slot * MOST, p = start; p < end; i++, p++) if (own[i] !== bytes[p]) return undefined;
    this.found++;
    return this.texts[slot]!;
  }

  /** Remembers a key that was not found. Only strings: they cannot be changed by whoever gets them. */
  add(bytes: Uint8Array, start: number, end: number, key: unknown): void {
    if (this.missed >= TRIAL) return;
    this.missed++;
    if (this.missed === TRIAL && this.found > TRIAL) this.found = this.missed = 0;
    if (typeof key !== 'string' || end - start > MOST || end === start) return;
    const slot = slotOf(bytes, start, end);
    this.lengths[slot] = end - start;
    this.texts[slot] = key;
    for (let i = slot * MOST, p = start; p < end; i++, p++) this.bytes[i] = bytes[p]!;
  }
}

function slotOf(bytes: Uint8Array, start: number, end: number): number {
  const middle = (start + end) >> 1;
  return (end - start + bytes[end - 1]! * 7 + bytes[middle]! * 31) & (SLOTS - 1);
}
