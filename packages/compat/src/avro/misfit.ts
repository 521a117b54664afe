import type { Answer } from '../verdict.js';

/** A place where values of the old schema do not become the right values of the new one. */
export interface Misfit {
  /** From the schema inward. */
  readonly path: readonly string[];
  /** One sentence without a full stop. */
  readonly reason: string;
  /** Whether writing such a value throws. */
  readonly dies: Answer;
}

/** A type that is used often multiplies what is wrong inside it. */
const MAX_MISFITS = 1000;

/** The same, seen from further out. */
export function misfitsWithin(segments: readonly string[], misfits: readonly Misfit[]): readonly Misfit[] {
  if (segments.length === 0) return misfits;
  return misfits.map((misfit) => ({ ...misfit, path: [...segments, ...misfit.path] }));
}

/** Not more than are worth showing. */
export function limitMisfits(misfits: readonly Misfit[]): readonly Misfit[] {
  return misfits.length > MAX_MISFITS ? misfits.slice(0, MAX_MISFITS) : misfits;
}
