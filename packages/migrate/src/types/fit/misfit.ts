/** What a conversion gives in place of a value that does not fit. */
export class Misfit {
  constructor(
    /** What is wrong, behind "is 300, ": for example `which does not fit a byte`. */
    readonly why: string,
    /** The nearest value that fits; undefined where there is none. */
    readonly nearest: unknown = undefined,
  ) {}
}

/** Converts one scalar that is not null; a `Misfit` where it does not fit. */
export type Fit = (value: unknown) => unknown;
