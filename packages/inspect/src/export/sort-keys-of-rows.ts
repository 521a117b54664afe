/** Where the keys of rows lie: row `i`'s are the bytes from `places[2 * i]` to `places[2 * i + 1]`. */
export interface RowKeys {
  readonly bytes: Uint8Array;
  readonly places: Uint32Array;
}

/** Rows up to which comparing whole keys is the faster way. */
const FEW = 12;
/** Bytes of a key that fit into a number beside the position of its row, as digits to base 257: 0 is the key's end. */
const BASE = 257;
const DIGITS = 4;
/** 257⁴ × 2²⁰ is below 2⁵³. */
const MOST_ROWS = 1 << 20;

/**
 * The rows `0 … count - 1` in the order of their keys, as unsigned bytes; of equal keys the earlier row first. Some bytes of
 * each key become a number, which the runtime sorts far faster than it calls a comparison; rows that these bytes do not tell
 * apart are sorted by the bytes behind them.
 */
export function sortedRowNumbers(keys: RowKeys, count: number): Uint32Array {
  const rows = new Uint32Array(count);
  for (let i = 0; i < count; i++) rows[i] = i;
  const ranges: [start: number, end: number, depth: number][] = [[0, count, 0]];
  for (;;) {
    const range = ranges.pop();
    if (range === undefined) return rows;
    const [start, end, depth] = range;
    if (end - start <= FEW) insertionSort(keys, rows, start, end, depth);
    else if (end - start > MOST_ROWS) {
      rows.subarray(start, end).sort((a, b) => compareKeys(keys, a, b, depth) || a - b);
    } else {
      const common = commonDepth(keys, rows, start, end, depth);
      for (const [from, to] of sortByDigits(keys, rows, start, end, common))
        ranges.push([from, to, common + DIGITS]);
    }
  }
}

/** The length that all keys of a range have in common, at least `depth`. */
function commonDepth(
  { bytes, places }: RowKeys,
  rows: Uint32Array,
  start: number,
  end: number,
  depth: number,
): number {
  const first = places[rows[start]! * 2]!;
  let common = places[rows[start]! * 2 + 1]! - first;
  for (let i = start + 1; i < end && common > depth; i++) {
    const key = places[rows[i]! * 2]!;
    const length = Math.min(common, places[rows[i]! * 2 + 1]! - key);
    let at = depth;
    while (at < length && bytes[key + at] === bytes[first + at]) at++;
    common = at;
  }
  return common;
}

/** Sorts a range by the bytes from `depth` on; gives the ranges of rows that these do not tell apart. */
function sortByDigits(
  { bytes, places }: RowKeys,
  rows: Uint32Array,
  start: number,
  end: number,
  depth: number,
): [number, number][] {
  const count = end - start;
  const numbers = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const row = rows[start + i]!;
    const keyEnd = places[row * 2 + 1]!;
    let number = 0;
    for (let digit = 0, at = places[row * 2]! + depth; digit < DIGITS; digit++, at++) {
      number = number * BASE + (at < keyEnd ? bytes[at]! + 1 : 0);
    }
    numbers[i] = number * MOST_ROWS + i;
  }
  numbers.sort();
  const before = rows.slice(start, end);
  const ties: [number, number][] = [];
  let from = 0;
  for (let i = 0; i < count; i++) {
    const digits = Math.floor(numbers[i]! / MOST_ROWS);
    rows[start + i] = before[numbers[i]! - digits * MOST_ROWS]!;
    const next = i + 1 < count ? Math.floor(numbers[i + 1]! / MOST_ROWS) : -1;
    if (next === digits) continue;
    // A last digit of 0 is the end of all these keys: they are equal, and in the order of their rows.
    if (i > from && digits % BASE !== 0) ties.push([start + from, start + i + 1]);
    from = i + 1;
  }
  return ties;
}

function insertionSort(keys: RowKeys, rows: Uint32Array, start: number, end: number, depth: number): void {
  for (let i = start + 1; i < end; i++) {
    const row = rows[i]!;
    let j = i - 1;
    for (; j >= start && compareKeys(keys, rows[j]!, row, depth) > 0; j--) rows[j + 1] = rows[j]!;
    rows[j + 1] = row;
  }
}

/** Below, at or above 0 as the key of row `a` lies before, at or behind that of row `b`; their first bytes are known to be equal. */
export function compareKeys({ bytes, places }: RowKeys, a: number, b: number, depth: number): number {
  let x = places[a * 2]! + depth;
  let y = places[b * 2]! + depth;
  const [xEnd, yEnd] = [places[a * 2 + 1]!, places[b * 2 + 1]!];
  while (x < xEnd && y < yEnd) {
    const difference = bytes[x++]! - bytes[y++]!;
    if (difference !== 0) return difference;
  }
  return xEnd - x - (yEnd - y);
}
