/** What a conversion gives in place of a value that does not fit. */
export class Misfit {
  constructor(
    /** What is wrong, behind "is 300, ": for example `which does not fit a byte`. */
    readonly why: string,
    /** The nearest value that fits; undefined where there is none. */
    readonly nearest: unknown = undefined,
    /** From the converted value to the part that does not fit: field names, positions. */
    readonly path: readonly (string | number)[] = [],
    /** That part. */
    readonly part: unknown = undefined,
  ) {}

  /** The misfit of a part as that of the whole, in which no nearest value is known. */
  in(step: string | number, part: unknown): Misfit {
    const inner = this.path.length === 0 ? part : this.part;
    return new Misfit(this.why, undefined, [step, ...this.path], inner);
  }
}

/** Converts one value that is not null; a `Misfit` where it does not fit. */
export type Fit = (value: unknown) => unknown;

/** Converts parts one by one, null as it is; the first misfit with its place. */
export function fitAll(
  values: readonly unknown[],
  fitOf: (position: number) => Fit,
  stepOf: (position: number) => string | number = (position) => position,
): unknown[] | Misfit {
  const made: unknown[] = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const one = value === null ? null : fitOf(i)(value);
    if (one instanceof Misfit) return one.in(stepOf(i), value);
    made.push(one);
  }
  return made;
}

/** `field badges[2]`, `element 3`, or the whole's own name. */
export function partName(whole: string, path: readonly (string | number)[]): string {
  if (path.length === 0) return whole;
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return `${whole}, at ${text.replace(/^\./, '')},`;
}
