import type { SerializerSnapshot } from '@statewright/serializers';
import { type Comparison, single } from './comparison.js';
import { cannotTell } from './families/custom.js';
import type { Pair } from './families/family.js';
import { FAMILIES } from './families/index.js';
import { whyUnreadable } from './reading.js';
import { isKnown } from './snapshot-kinds.js';
import type { World } from './world.js';

/** Compares two whole trees; an old one that Flink cannot even read is INCOMPATIBLE and says what is thrown. */
export function compareSnapshots(old: SerializerSnapshot, now: SerializerSnapshot, world: World): Comparison {
  const failure = whyUnreadable(old, world);
  if (failure === undefined) return compareNodes(old, now, [], world);
  const { code, reason, at } = failure;
  return single({ path: [], code, verdict: 'INCOMPATIBLE', reason }, at, now, reason);
}

function compareNodes(
  old: SerializerSnapshot,
  now: SerializerSnapshot,
  path: readonly string[],
  world: World,
): Comparison {
  const below: Pair['below'] = (before, after, label) =>
    compareNodes(before, after, label === undefined ? path : [...path, label], world);
  const pair: Pair = { old, now, path, world, below };
  const family = isKnown(now) ? FAMILIES.find(({ is }) => is(now)) : undefined;
  if (family === undefined || (!isKnown(old) && world.oldDecides)) return cannotTell(pair);
  return family.resolve(pair);
}
