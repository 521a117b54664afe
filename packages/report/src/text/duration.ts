import { StatewrightError } from '@statewright/bytes';

const UNITS: { readonly [unit: string]: number } = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const PARTS = /(\d+(?:\.\d+)?)(ms|s|m|h|d|w)/g;
const ISO = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i;

/** `30m`, `1d12h`, `500ms`, or ISO 8601 as Java's Duration prints it: `PT12H`; in milliseconds. USAGE when it is none. */
export function parseDuration(text: string): number {
  const iso = text.length > 2 ? ISO.exec(text) : null;
  if (iso !== null) {
    const [, days = 0, hours = 0, minutes = 0, seconds = 0] = iso.map((part) => Number(part ?? 0));
    return days * UNITS.d! + hours * UNITS.h! + minutes * UNITS.m! + seconds * UNITS.s!;
  }
  const parts = [...text.matchAll(PARTS)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) {
    throw new StatewrightError('USAGE', {
      kind: 'DURATION',
      reason: `"${text}" is no duration`,
      next: 'write it like 30m, 12h, 7d or PT12H',
    });
  }
  return Math.round(parts.reduce((total, [, count, unit]) => total + Number(count) * UNITS[unit!]!, 0));
}
