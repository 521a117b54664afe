/** The `count` texts most like `text`, the most alike first; nothing that has no resemblance. */
export function closest(text: string, known: readonly string[], count: number): string[] {
  const scored = [...new Set(known)].map((name) => ({ name, distance: likeness(text, name) }));
  return scored
    .filter(({ distance }) => distance < 0.75)
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, count)
    .map(({ name }) => name);
}

/** 0 is equal, 1 is nothing in common. A text inside the other is near. */
function likeness(a: string, b: string): number {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  const longest = Math.max(x.length, y.length, 1);
  const share = editDistance(x.slice(0, 200), y.slice(0, 200)) / longest;
  return y.includes(x) || x.includes(y) ? Math.min(share, 0.5) : share;
}

/** Levenshtein's distance: insertions, deletions and replacements of one UTF-16 unit. */
function editDistance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = before[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, before[j]! + 1, row[j - 1]! + 1));
    }
    before = row;
  }
  return before[b.length]!;
}
