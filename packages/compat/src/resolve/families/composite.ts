import type { CompositeSnapshot, SerializerSnapshot } from '@statewright/serializers';
import { type Comparison, combine, type Remark, remark, single, withRemark } from '../comparison.js';
import { serializerName } from '../names.js';
import {
  GENERIC_ARRAY,
  isComposite,
  isKnown,
  isOldEither,
  isOldGenericArray,
  JAVA_EITHER,
} from '../snapshot-kinds.js';
import { changed } from './changed.js';
import { childLabel, shareObjects, writeAlike } from './composite-layouts.js';
import { cannotTell } from './custom.js';
import { type Family, family, type Pair } from './family.js';
import { OUTER_RULES } from './outer-rules.js';

/**
 * The same number of nested serializers, the outer part as its class compares it, and the nested ones by position. Since
 * 1.19 most classes take any other composite as the old one. Follows
 * `CompositeTypeSerializerSnapshot#resolveSchemaCompatibility`, Flink 1.18, 1.20 and 2.3.
 */
export const COMPOSITE_FAMILY: Family = family<CompositeSnapshot<unknown>>({
  is: isComposite,
  resolve(pair) {
    const { old, now, path, world } = pair;
    if (!isComposite(old) && !isFormerOf(old, now)) {
      const strict = OUTER_RULES.has(now.className) && !world.oldDecides;
      return isKnown(old) || strict ? changed(pair) : cannotTell(pair);
    }
    if (world.oldDecides && old.className !== now.className && !isFormerOf(old, now)) return changed(pair);
    if (old.nested.length !== now.nested.length) return arityChanged(pair);
    const parts = now.nested.map((child, i) => pair.below(old.nested[i]!, child, childLabel(now, i)));
    const outer = outerRemark(pair);
    const whole = combine(parts);
    if (outer === undefined) return whole;
    if (outer.verdict !== 'INCOMPATIBLE') return withRemark(whole, outer);
    return parts.some(({ throws }) => throws !== undefined)
      ? withRemark(whole, outer)
      : single({ ...outer, path }, old, now);
  },
});

/** Classes of 1.7 that two of today's still take in. */
function isFormerOf(old: SerializerSnapshot, now: SerializerSnapshot): boolean {
  if (now.className === GENERIC_ARRAY) return isOldGenericArray(old);
  return now.className === JAVA_EITHER && isOldEither(old);
}

function arityChanged(pair: Pair): Comparison {
  const { old, now, path } = pair;
  if (old.className !== now.className) return changed(pair);
  const reason = `${serializerName(old)} had ${old.nested.length} fields, and the new job has ${now.nested.length}`;
  return single({ path, code: 'arity-changed', verdict: 'INCOMPATIBLE', reason }, old, now);
}

function outerRemark(pair: Pair<CompositeSnapshot<unknown>>): Remark | undefined {
  const { old, now, path } = pair;
  const rule = OUTER_RULES.get(now.className);
  if (rule !== undefined) {
    const told = rule(old, now);
    if (told === 'foreign') return changed(pair).remarks[0];
    return told === undefined ? undefined : remark({ ...told, path }, old, now);
  }
  if (old.className === now.className || isFormerOf(old, now)) return undefined;
  const bytes = writeAlike(old, now) ? 'yes' : 'no';
  const objects = shareObjects(old, now) ? 'yes' : 'no';
  const reason = `${serializerName(old)} wrote it, and Flink takes ${serializerName(now)} in its place without comparing them: ${consequence(bytes, objects)}`;
  const dies = objects === 'no' ? 'yes' : 'no';
  const told = { path, code: 'composite-exchanged', verdict: 'AS_IS', reason } as const;
  return remark({ ...told, bytes, objects, dies }, old, now);
}

function consequence(bytes: 'yes' | 'no', objects: 'yes' | 'no'): string {
  if (bytes === 'yes' && objects === 'yes') return 'they write the same';
  if (bytes === 'yes') return 'they write the same bytes but not the same objects';
  return 'the values come back wrong or not at all';
}
