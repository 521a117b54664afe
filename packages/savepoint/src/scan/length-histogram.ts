/** Lengths below this have a bin of their own. */
const EXACT = 256;
const EXACT_BITS = 8;
/** Bins per power of two above that: the middle of a bin is off by at most 1/128 of a length in it. */
const PER_OCTAVE = 64;
const OCTAVE_BITS = 6;
const BINS = EXACT + (31 - EXACT_BITS) * PER_OCTAVE;

/** The bin of a length from 0 to 2^31 - 1. */
export function binOf(length: number): number {
  if (length < EXACT) return length;
  const exponent = 31 - Math.clz32(length);
  const step = (length >>> (exponent - OCTAVE_BITS)) & (PER_OCTAVE - 1);
  return EXACT + (exponent - EXACT_BITS) * PER_OCTAVE + step;
}

/** The length in the middle of a bin. */
function middleOf(bin: number): number {
  if (bin < EXACT) return bin;
  const exponent = EXACT_BITS + Math.floor((bin - EXACT) / PER_OCTAVE);
  const width = 2 ** (exponent - OCTAVE_BITS);
  const step = (bin - EXACT) % PER_OCTAVE;
  return 2 ** exponent + step * width + Math.floor((width - 1) / 2);
}

/** How many lengths of what size there were, in a fixed 14 kB. */
export class LengthHistogram {
  /** Counts by `binOf`; scanners add to it directly. */
  readonly bins = new Float64Array(BINS);

  add(length: number): void {
    this.bins[binOf(length)]!++;
  }

  /** Adds what another one counted. */
  merge(other: LengthHistogram): void {
    for (let i = 0; i < BINS; i++) this.bins[i]! += other.bins[i]!;
  }

  get count(): number {
    return this.bins.reduce((sum, each) => sum + each, 0);
  }

  /** The length at or below which `share` of all lie, off by less than 1 %; 0 when there are none. */
  quantile(share: number): number {
    const { count } = this;
    if (count === 0) return 0;
    let left = Math.max(1, Math.ceil(count * share));
    for (let bin = 0; bin < BINS; bin++) {
      left -= this.bins[bin]!;
      if (left <= 0) return middleOf(bin);
    }
    return middleOf(BINS - 1);
  }
}
