import { displayWidth, wrap } from './width.js';

const DOT = ' · ';

/** Short facts on one line, `a · b · c`; on as many lines as the page needs. Only one that fits on no line is broken. */
export function factLines(facts: readonly string[], width: number, indent: number): string[] {
  const margin = ' '.repeat(indent);
  const lines: string[] = [];
  for (const fact of facts.filter((text) => text !== '')) {
    const last = lines.at(-1);
    const joined = last === undefined ? undefined : last + DOT + fact;
    if (joined !== undefined && displayWidth(joined) <= width) lines[lines.length - 1] = joined;
    else lines.push(...wrap(fact, width - indent).map((line) => margin + line));
  }
  return lines;
}
