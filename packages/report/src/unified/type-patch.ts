import { structuredPatch } from 'diff';

/** Lines around a change that are shown with it. */
const CONTEXT = 3;
/** Edits after which the shortest script is given up: the same on every machine. */
const MOST_EDITS = 2000;
/** What a comparison of that many edits may take at most, in milliseconds. */
const TIMEOUT_MILLIS = 1000;

/** A part of a unified diff: where it lies on both sides, counted from 1, and its lines with their signs. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  /** Each with ` `, `-` or `+` before it. */
  readonly lines: readonly string[];
}

/**
 * The unified diff of two texts, given as lines without line ends. Where they are too unlike for a shortest script, all old
 * lines are removed and all new ones added.
 */
export function linePatch(old: readonly string[], now: readonly string[]): readonly Hunk[] {
  const limits = { context: CONTEXT, maxEditLength: MOST_EDITS, timeout: TIMEOUT_MILLIS };
  const [before, after] = [old, now].map((lines) => lines.map((line) => `${line}\n`).join(''));
  const patch = structuredPatch('', '', before!, after!, undefined, undefined, limits);
  return patch === undefined ? [replacement(old, now)] : patch.hunks;
}

function replacement(old: readonly string[], now: readonly string[]): Hunk {
  const lines = [...old.map((line) => `-${line}`), ...now.map((line) => `+${line}`)];
  return {
    oldStart: old.length === 0 ? 0 : 1,
    oldLines: old.length,
    newStart: now.length === 0 ? 0 : 1,
    newLines: now.length,
    lines,
  };
}

/** `@@ -1,3 +1,4 @@` */
export function hunkHead({ oldStart, oldLines, newStart, newLines }: Hunk): string {
  return `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`;
}
