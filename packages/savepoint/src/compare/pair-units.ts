import { KEY, type KeyGroupUnits, type Section } from './key-group-units.js';

/** Units looked at on either side for the one that stands opposite. */
const LOOK_AHEAD = 8;
/** From this length on it pays to ask the platform whether bytes are the same. */
const LONG = 64;

/** A state's units in one key group of one side. */
export interface Side {
  readonly units: KeyGroupUnits;
  readonly section: Section;
}

/**
 * Finds the units of one state that both sides hold, and tells each pair. Sides in the same order are compared as they go by;
 * what one side has more is stepped over; what stands elsewhere is found by its key.
 */
export function pairUnits(old: Side, now: Side, equal: (i: number, j: number) => void): void {
  const [a, b] = [old.units, now.units];
  const [endA, endB] = [old.section.end, now.section.end];
  const [strayA, strayB]: [number[], number[]] = [[], []];
  let i = old.section.first;
  let j = now.section.first;
  while (i < endA && j < endB) {
    if (sameKey(a, i, b, j)) {
      if (sameRest(old, i, now, j)) equal(i, j);
      i++;
      j++;
      continue;
    }
    const [more, side] = stepOver(old, i, now, j);
    if (side !== 'new') for (let k = 0; k < more; k++) strayA.push(i++);
    if (side !== 'old') for (let k = 0; k < more; k++) strayB.push(j++);
  }
  while (i < endA) strayA.push(i++);
  while (j < endB) strayB.push(j++);
  pairStrays(old, strayA, now, strayB, equal);
}

/** How many units to step over, and of which side: until both stand at the same key, or one of each. */
function stepOver(old: Side, i: number, now: Side, j: number): [number, 'old' | 'new' | 'both'] {
  for (let k = 1; k <= LOOK_AHEAD; k++) {
    if (j + k < now.section.end && sameKey(old.units, i, now.units, j + k)) return [k, 'new'];
    if (i + k < old.section.end && sameKey(old.units, i + k, now.units, j)) return [k, 'old'];
  }
  return [1, 'both'];
}

function pairStrays(
  old: Side,
  strayA: readonly number[],
  now: Side,
  strayB: readonly number[],
  equal: (i: number, j: number) => void,
): void {
  if (strayA.length === 0 || strayB.length === 0) return;
  const byKey = new Map(strayA.map((i) => [keyOf(old.units, i), i]));
  for (const j of strayB) {
    const key = keyOf(now.units, j);
    const i = byKey.get(key);
    if (i === undefined) continue;
    byKey.delete(key);
    if (sameRest(old, i, now, j)) equal(i, j);
  }
}

/** Key and namespace, of a timer and a map's entry all of it. */
function keyOf({ bytes, starts, keyEnds }: KeyGroupUnits, unit: number): string {
  return bytes.toString('latin1', starts[unit]! + KEY, keyEnds[unit]);
}

function sameKey(a: KeyGroupUnits, i: number, b: KeyGroupUnits, j: number): boolean {
  const [from, to] = [a.starts[i]! + KEY, b.starts[j]! + KEY];
  const length = a.keyEnds[i]! - from;
  return length === b.keyEnds[j]! - to && sameBytes(a.bytes, from, b.bytes, to, length);
}

/**
 * Whether all bytes of two units are the same: keys, values and their lengths. The flag of the last entry counts, too: then
 * decoding shows that it is the same.
 */
function sameRest(old: Side, i: number, now: Side, j: number): boolean {
  const [from, to] = [old.units.starts[i]!, now.units.starts[j]!];
  const length = endOf(old, i) - from;
  return length === endOf(now, j) - to && sameBytes(old.units.bytes, from, now.units.bytes, to, length);
}

function endOf({ units, section }: Side, unit: number): number {
  return unit + 1 < section.end ? units.starts[unit + 1]! : section.endsAt;
}

function sameBytes(a: Buffer, from: number, b: Buffer, to: number, length: number): boolean {
  if (a === b && from === to) return true;
  if (length >= LONG) {
    return a.compare(b, to, to + length, from, from + length) === 0;
  }
  for (let k = 0; k < length; k++) if (a[from + k] !== b[to + k]) return false;
  return true;
}
