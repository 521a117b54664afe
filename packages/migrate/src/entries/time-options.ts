import type { PlanStep } from '../plan/plan.js';
import { instantOf, millisOf } from './json/times.js';

const UNITS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['sec', 1000],
  ['min', 60_000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
  ['day', 86_400_000],
  ['days', 86_400_000],
  ['w', 604_800_000],
]);

const DURATION = /^\s*(\d{1,12})\s*([a-z]+)\s*$/i;

/** An option that is a duration such as `7 d`; milliseconds. */
export function durationOption(step: PlanStep, option: string): bigint {
  const text = String(step.options[option]);
  const [, count, unit = ''] = DURATION.exec(text) ?? [];
  const factor = UNITS.get(unit.toLowerCase());
  if (count !== undefined && factor !== undefined && Number(count) > 0) return BigInt(count) * BigInt(factor);
  const reason = `${JSON.stringify(text)} is no duration`;
  throw step.error([option], reason, `write it like 7 d; units are ${[...UNITS.keys()].join(', ')}`);
}

/** As far as a calendar reaches: `Date`'s own bound, in milliseconds on either side of the epoch. */
const MOST = 8_640_000_000_000_000n;

/** An option that is a moment: `now`, milliseconds since the epoch, or ISO 8601 in UTC; milliseconds since the epoch. */
export function momentOption(step: PlanStep, option: string, nowMillis: bigint): bigint {
  const value = step.options[option];
  const millis = value === 'now' ? nowMillis : (millisOf(value) ?? millisOfText(value));
  if (millis !== undefined && millis >= -MOST && millis <= MOST) return millis;
  const next = 'write now, milliseconds, or ISO 8601 such as "2026-01-31T12:00:00Z"';
  throw step.error([option], `${JSON.stringify(value)} is no moment`, next);
}

/** A date alone is its first moment. */
function millisOfText(value: unknown): bigint | undefined {
  const text = String(value);
  const moment = instantOf(text.includes('T') ? text : `${text}T00:00:00Z`);
  return moment && moment.seconds * 1000n + BigInt(Math.floor(moment.nanos / 1_000_000));
}
