/** What many runs came to. */
export interface Tally {
  readonly cases: number;
  /** Runs by how they ended: an error's code, `same` or `other`. */
  readonly ends: { readonly [end: string]: number };
  /** Runs that gave another answer than the untouched snapshot where something should have told. */
  readonly wrong: readonly string[];
}

export class Counter {
  cases = 0;
  readonly ends: Record<string, number> = {};
  readonly wrong: string[] = [];

  add(end: string): void {
    this.cases++;
    this.ends[end] = (this.ends[end] ?? 0) + 1;
  }

  get tally(): Tally {
    const ends = Object.fromEntries(Object.entries(this.ends).sort());
    return { cases: this.cases, ends, wrong: this.wrong };
  }
}
