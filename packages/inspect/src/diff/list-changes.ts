/** Cells of the table of the longest common subsequence, at most: longer lists are compared place by place. */
const MOST_CELLS = 250_000;

/** One step through two lists: an element of both, of the old one or of the new one, by their positions. */
export interface ListStep {
  readonly old: number | undefined;
  readonly new: number | undefined;
}

/**
 * Aligns two lists of texts: what they begin and end with alike is left out, what lies between is aligned by its longest
 * common subsequence. Steps are in order; elements removed and added at the same place are one step.
 */
export function alignLists(old: readonly string[], now: readonly string[]): ListStep[] {
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let [oldEnd, newEnd] = [old.length, now.length];
  while (oldEnd > start && newEnd > start && old[oldEnd - 1] === now[newEnd - 1]) {
    oldEnd--;
    newEnd--;
  }
  const cells = (oldEnd - start) * (newEnd - start);
  const common = cells > MOST_CELLS ? [] : commonSubsequence(old, now, start, oldEnd, newEnd);
  const steps: ListStep[] = [];
  let [i, j] = [start, start];
  for (const [a, b] of [...common, [oldEnd, newEnd] as const]) {
    for (; i < a || j < b; i += i < a ? 1 : 0, j += j < b ? 1 : 0) {
      steps.push({ old: i < a ? i : undefined, new: j < b ? j : undefined });
    }
    i = a + 1;
    j = b + 1;
  }
  return steps;
}

/** Pairs of positions of equal elements, ascending on both sides, as many as there can be. */
function commonSubsequence(
  old: readonly string[],
  now: readonly string[],
  start: number,
  oldEnd: number,
  newEnd: number,
): [number, number][] {
  const [rows, columns] = [oldEnd - start, newEnd - start];
  const lengths = new Uint32Array((rows + 1) * (columns + 1));
  const at = (i: number, j: number) => i * (columns + 1) + j;
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      lengths[at(i, j)] =
        old[start + i] === now[start + j]
          ? lengths[at(i + 1, j + 1)]! + 1
          : Math.max(lengths[at(i + 1, j)]!, lengths[at(i, j + 1)]!);
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    if (old[start + i] === now[start + j]) pairs.push([start + i++, start + j++]);
    else if (lengths[at(i + 1, j)]! >= lengths[at(i, j + 1)]!) i++;
    else j++;
  }
  return pairs;
}
