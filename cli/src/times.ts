import { usage } from './options.js';

/** Milliseconds since the epoch, or ISO 8601 (UTC where it names no zone). */
export function parseTime(text: string): number {
  if (/^-?\d+$/.test(text)) return Number(text);
  const zoned = /[zZ]$|[+-]\d\d:?\d\d$|^\d{4}-\d\d-\d\d$/.test(text) ? text : `${text}Z`;
  const millis = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(zoned) : Number.NaN;
  if (!Number.isNaN(millis)) return millis;
  throw usage('TIME', `"${text}" is no time`, 'write it like 2026-01-31T12:00:00Z or as milliseconds');
}
