const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;
const MINUTE = 60_000;

/** Times in sentences, the largest that is at least once in it: milliseconds and the word. */
const SPANS: readonly (readonly [number, string])[] = [
  [365 * 24 * 60 * MINUTE, 'year'],
  [24 * 60 * MINUTE, 'day'],
  [60 * MINUTE, 'hour'],
  [MINUTE, 'minute'],
  [1000, 'second'],
  [1, 'millisecond'],
];

/** Bytes in a sentence, in decimal units as everywhere in this toolkit: `999 B`, `1.2 kB`, `34 MB`. */
export function sizeText(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit > 0 && value < 9.95 ? value.toFixed(1) : value.toFixed(0);
  return `${digits} ${UNITS[unit]}`;
}

/** A whole number in a sentence: `1,234,567`. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** A number and what is counted: `1 entry`, `12 entries`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

/** A ratio in a sentence: `1.2`, `34`. */
export function ratioText(ratio: number): string {
  return ratio < 9.95 ? String(Number(ratio.toFixed(1))) : countText(Math.round(ratio));
}

/** A share of 1 in a sentence: `12 %`. */
export function shareText(share: number): string {
  const percent = share * 100;
  return `${percent > 0 && percent < 0.95 ? '<1' : Math.round(percent)} %`;
}

/** Milliseconds in a sentence, rounded down to one unit: `3 days`. */
export function spanText(millis: number): string {
  const [unit, word] = SPANS.find(([each]) => millis >= each) ?? SPANS.at(-1)!;
  return counted(Math.floor(millis / unit), word);
}

/** Milliseconds since the epoch in a sentence: ISO 8601 in UTC, or the number where no calendar has it. */
export function timeText(millis: number | string): string {
  const date = new Date(Number(millis));
  return Number.isNaN(date.getTime()) ? `${millis} ms` : date.toISOString();
}
