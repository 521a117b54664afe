import { isTtl } from '@statewright/savepoint';
import type { SerializerSnapshot } from '@statewright/serializers';
import { type Comparison, remark, withRemark } from '../comparison.js';
import { isTtlAware } from '../snapshot-kinds.js';
import { changed } from './changed.js';
import { type Family, family, type Pair } from './family.js';

/**
 * Compares what is wrapped; when TTL was turned on or off, what lies under the TTL, and then everything is migrated.
 * Follows `TtlAwareSerializerSnapshot#resolveSchemaCompatibility`, Flink 2.3.
 */
export const TTL_AWARE_FAMILY: Family = family({
  is: isTtlAware,
  resolve(pair) {
    const { old, now } = pair;
    if (!isTtlAware(old)) return changed(pair);
    const [before, after] = [old.nested[0]!, now.nested[0]!];
    if (old.isTtlEnabled === now.isTtlEnabled) return pair.below(before, after, undefined);
    return flipped(pair, now.isTtlEnabled, pair.below(underTtl(before), underTtl(after), undefined));
  },
});

function underTtl(snapshot: SerializerSnapshot): SerializerSnapshot {
  return isTtl(snapshot) ? snapshot.nested[1]! : snapshot;
}

function flipped({ old, now, path }: Pair, on: boolean, inner: Comparison): Comparison {
  const reason = on
    ? 'TTL was off and is on: every value is rewritten with the time of the restore'
    : 'TTL was on and is off: every value is rewritten without its time of last access';
  const code = on ? 'ttl-turned-on' : 'ttl-turned-off';
  return withRemark(inner, remark({ path, code, verdict: 'AFTER_MIGRATION', reason }, old, now));
}
