import type { SerializerSnapshot } from '@statewright/serializers';
import { type Comparison, single } from '../comparison.js';
import { isKnown } from '../snapshot-kinds.js';
import type { Pair } from './family.js';

/** UNKNOWN: a snapshot class that decides for itself, and whose code nobody has here. */
export function cannotTell({ old, now, path }: Pair): Comparison {
  const unknown = isKnown(now) ? old : now;
  const own = `${unknown.className} is not one of Flink's snapshot classes and decides for itself`;
  const reason = sameBytes(old, now) ? `${own}, though it has the same bytes on both sides` : own;
  return single({ path, code: 'snapshot-class-unknown', verdict: 'UNKNOWN', reason }, old, now);
}

/** Whether two snapshots of no known form are the same to the end of what was kept of them. */
function sameBytes(old: SerializerSnapshot, now: SerializerSnapshot): boolean {
  const [a, b] = [frameOf(old), frameOf(now)];
  return a !== undefined && b !== undefined && Buffer.compare(a, b) === 0;
}

function frameOf(snapshot: SerializerSnapshot): Uint8Array | undefined {
  return 'frame' in snapshot && snapshot.frame instanceof Uint8Array ? snapshot.frame : undefined;
}
