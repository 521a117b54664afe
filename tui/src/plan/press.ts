import type { KeyName } from '../keys/key.js';
import type { Wishes } from '../screen.js';
import type { PlanPlace } from './place.js';
import { isPlanKey, nothingFits, verbsFor } from './verbs.js';

/**
 * What a key of the builder wishes at a place: the one step that fits, or a choice; undefined when it is no key of the builder. There
 * is no place where the plan leaves something out.
 */
export function planWishes(key: KeyName, place: PlanPlace | undefined): Wishes | undefined {
  if (!isPlanKey(key)) return undefined;
  if (place === undefined) return { say: 'the plan leaves this out: :plan takes steps back' };
  const verbs = verbsFor(key, place);
  const [verb] = verbs;
  if (verb === undefined) return { say: nothingFits(key) };
  if (verbs.length === 1) return { go: { to: 'step', args: { verb, place } } };
  return { go: { to: 'steps', args: { verbs, place } } };
}
