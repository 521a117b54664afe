const UNITS: readonly (readonly [number, string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
];

/** A span of time, not negative, in its two largest units: `2 d 3 h`; below a second in milliseconds. */
export function durationText(millis: number): string {
  const first = UNITS.findIndex(([unit]) => millis >= unit);
  if (first < 0) return `${Math.round(millis)} ms`;
  const [unit, name] = UNITS[first]!;
  const whole = Math.floor(millis / unit);
  const next = UNITS[first + 1];
  const rest = next === undefined ? 0 : Math.floor((millis - whole * unit) / next[0]);
  return rest === 0 ? `${whole} ${name}` : `${whole} ${name} ${rest} ${next![1]}`;
}

/** How far a time is from now: `in 3 h`, `2 d ago`. */
export function distanceText(millis: bigint, now: number): string {
  const distance = Number(millis) - now;
  return distance >= 0 ? `in ${durationText(distance)}` : `${durationText(-distance)} ago`;
}

/** What remains of an entry: `expires in 3 h`, `expired 2 d ago`; when it was accessed, where the time to live is not known. */
export function lifeText(lastAccess: bigint, ttlMillis: number | undefined, now: number): string {
  if (ttlMillis === undefined) return `last access ${distanceText(lastAccess, now)}`;
  const end = lastAccess + BigInt(ttlMillis);
  const text = distanceText(end, now);
  return Number(end) > now ? `expires ${text}` : `expired ${text}`;
}
