import { type Comparison, single } from '../comparison.js';
import { isKnown } from '../snapshot-kinds.js';
import type { Pair } from './family.js';

/** UNKNOWN: a snapshot class that decides for itself, and whose code nobody has here. */
export function cannotTell({ old, now, path }: Pair): Comparison {
  const unknown = isKnown(now) ? old : now;
  const reason = `${unknown.className} is not one of Flink's snapshot classes and decides for itself`;
  return single({ path, code: 'snapshot-class-unknown', verdict: 'UNKNOWN', reason }, old, now);
}
