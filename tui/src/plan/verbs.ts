import type { KeyHelp, KeyName } from '../keys/key.js';
import type { PlanPlace } from './place.js';
import type { PlanVerb } from './verb.js';
import { CONVERT_VERBS } from './verbs/convert.js';
import { FIELD_VERBS } from './verbs/fields.js';
import { JOB_VERBS } from './verbs/job.js';
import { STATE_VERBS } from './verbs/states.js';

/** All steps that can be put together on the screen, in the order in which they are offered. */
export const PLAN_VERBS: readonly PlanVerb[] = [
  ...FIELD_VERBS,
  ...CONVERT_VERBS,
  ...STATE_VERBS,
  ...JOB_VERBS,
];

/** What each key of the builder is for. */
const KEYS: readonly KeyHelp[] = [
  { keys: 'r', does: 'rename' },
  { keys: 'D', does: 'drop' },
  { keys: 't', does: 'retype' },
  { keys: 'A', does: 'add a field' },
  { keys: 'R', does: 'rename a class' },
  { keys: 'C', does: 'convert' },
  { keys: 'T', does: 'time to live' },
  { keys: 'P', does: 'max parallelism' },
];

/** Shows every step that fits where the cursor is. */
export const ANY_KEY = '+';

/** Keys of the builder on a screen, for its hints and help. */
export function planKeys(keys: readonly KeyName[]): readonly KeyHelp[] {
  const own = KEYS.filter((each) => keys.includes(each.keys));
  return [...own.map(({ keys: key, does }) => ({ keys: key, does: `plan: ${does}` })), ANY_HELP];
}

const ANY_HELP: KeyHelp = { keys: ANY_KEY, does: 'plan: all steps' };

/** Whether a key is one of the builder. */
export function isPlanKey(key: KeyName): boolean {
  return key === ANY_KEY || KEYS.some(({ keys }) => keys === key);
}

/** The steps that a key of the builder stands for at a place. */
export function verbsFor(key: KeyName, place: PlanPlace): readonly PlanVerb[] {
  return PLAN_VERBS.filter((verb) => (key === ANY_KEY || verb.key === key) && verb.fits(place));
}

/** What a key would do, where nothing fits. */
export function nothingFits(key: KeyName): string {
  const does = KEYS.find(({ keys }) => keys === key)?.does ?? 'plan';
  return `there is nothing to ${does} here: + lists the steps that fit`;
}
