/** The middle one of some numbers. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** `{ median, min, max, runs }` of some numbers; undefined of none. */
export function summary(numbers) {
  if (numbers.length === 0) return undefined;
  return {
    median: median(numbers),
    min: Math.min(...numbers),
    max: Math.max(...numbers),
    runs: numbers.length,
  };
}

/**
 * A contender's results as a row. `bytes`, `entries` and `rawEntries` are what it worked through in one run, and give
 * rates by the median of its seconds.
 */
export function row({ id, label, command }, results, { bytes, entries, rawEntries } = {}) {
  const done = results.filter(({ stopped }) => !stopped);
  const seconds = summary(done.map((each) => each.seconds));
  const rate = (amount) =>
    amount === undefined || seconds === undefined ? undefined : amount / seconds.median;
  return {
    id,
    label,
    command,
    seconds,
    wallSeconds: summary(done.map((each) => each.wallSeconds).filter((each) => each !== undefined)),
    bytesPerSecond: rate(bytes),
    entriesPerSecond: rate(entries),
    rawEntriesPerSecond: rate(rawEntries),
    peakBytes: highest(results),
    note: results.length === 0 ? 'not measured' : done.length === 0 ? 'stopped at its limit' : undefined,
  };
}

function highest(results) {
  const peaks = results.map((each) => each.peakBytes).filter((each) => each !== undefined);
  return peaks.length === 0 ? undefined : Math.max(...peaks);
}

/** How two figures compare, and what is wanted; `target` is `{ least }` or `{ most }`. */
export function ratio(label, value, unit, target) {
  const met =
    value === undefined || target === undefined
      ? undefined
      : target.least !== undefined
        ? value >= target.least
        : value <= target.most;
  return { label, value, unit, target, met };
}

/** `a / b`, undefined when either is. */
export function quotient(a, b) {
  return a === undefined || b === undefined ? undefined : a / b;
}
