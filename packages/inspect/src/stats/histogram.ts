/** How numbers are spread. Minimum, maximum, mean and total are exact; quantiles are off by less than 1 %. */
export interface Distribution {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly total: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  /** How many there are of each size, where that was asked for. */
  readonly octaves?: readonly Octave[];
}

/** Numbers between a power of two and the next one: `from` included, `to` not. The first is 0 alone. */
export interface Octave {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** All numbers in it, added up; off by less than 1 %. */
  readonly total: number;
}

/** Numbers below this have a bin of their own. */
const EXACT = 128;
/** Bins per power of two above that: a bin is at most 1/64 of its value wide, so its middle is off by at most 1/128. */
const PER_OCTAVE = 64;
const EXACT_BITS = 7;
const BINS = EXACT + (53 - EXACT_BITS) * PER_OCTAVE;

/** Counts of whole numbers from 0 to 2^53 in a fixed 25 kB, whatever their number. */
export class Histogram {
  private readonly bins = new Float64Array(BINS);
  count = 0;
  total = 0;
  private least = Number.POSITIVE_INFINITY;
  private most = 0;

  add(value: number): void {
    this.count++;
    this.total += value;
    if (value < this.least) this.least = value;
    if (value > this.most) this.most = value;
    this.bins[binOf(value)]!++;
  }

  /** Undefined when there is nothing; with `octaves` also how many there are of each size. */
  distribution(octaves = false): Distribution | undefined {
    if (this.count === 0) return undefined;
    return {
      min: this.least,
      max: this.most,
      mean: this.total / this.count,
      total: this.total,
      p50: this.quantile(0.5),
      p90: this.quantile(0.9),
      p99: this.quantile(0.99),
      ...(octaves ? { octaves: this.octaves() } : {}),
    };
  }

  /** From the octave of the least number to that of the largest one. */
  private octaves(): Octave[] {
    const found: Octave[] = [];
    let from = 0;
    for (let to = 1; from <= this.most; to *= 2) {
      if (to > this.least) found.push({ from, to, ...this.between(from, to) });
      from = to;
    }
    return found;
  }

  private between(from: number, to: number): { readonly count: number; readonly total: number } {
    let count = 0;
    let total = 0;
    for (let bin = binOf(from); bin < binOf(to); bin++) {
      count += this.bins[bin]!;
      total += this.bins[bin]! * middleOf(bin);
    }
    return { count, total };
  }

  /** The value below or at which `share` of the numbers lie. */
  private quantile(share: number): number {
    let left = Math.ceil(this.count * share);
    for (let bin = 0; bin < BINS; bin++) {
      left -= this.bins[bin]!;
      if (left <= 0) return Math.min(this.most, Math.max(this.least, middleOf(bin)));
    }
    return this.most;
  }
}

function binOf(value: number): number {
  if (value < EXACT) return value;
  const octave = Math.floor(Math.log2(value));
  const base = 2 ** octave;
  const step = Math.floor(((value - base) / base) * PER_OCTAVE);
  return EXACT + (octave - EXACT_BITS) * PER_OCTAVE + step;
}

function middleOf(bin: number): number {
  if (bin < EXACT) return bin;
  const octave = Math.floor((bin - EXACT) / PER_OCTAVE) + EXACT_BITS;
  const step = (bin - EXACT) % PER_OCTAVE;
  const width = 2 ** octave / PER_OCTAVE;
  return Math.round(2 ** octave + step * width + (width - 1) / 2);
}
