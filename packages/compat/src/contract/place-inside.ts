import type { TextPlace } from '../yaml/read-yaml.js';

/**
 * Where a position inside a YAML scalar stands in the text: `start` is where the scalar begins, `value` what YAML made of it.
 * Indentation and line ends may be other than in the value, the rest is the same; where escapes make it another the
 * place is near.
 */
export function placeInside(text: string, start: TextPlace, value: string, offset: number): TextPlace {
  let at = bodyOf(text, indexOf(text, start));
  let after = at;
  for (const unit of value.slice(0, offset)) {
    if (/\s/.test(unit)) continue;
    const found = text.indexOf(unit, at);
    if (found < 0) return start;
    at = found + unit.length;
    after = at;
  }
  const next = /\S/.exec(value.slice(offset));
  const found = next === null ? -1 : text.indexOf(next[0], after);
  return placeOf(text, found < 0 ? after : found);
}

function indexOf(text: string, { line, column }: TextPlace): number {
  let index = 0;
  for (let i = 1; i < line; i++) index = text.indexOf('\n', index) + 1;
  return index + column - 1;
}

/** Behind the opening quote, or the line with the `|` or `>`. */
function bodyOf(text: string, index: number): number {
  const first = text[index];
  if (first === '"' || first === "'") return index + 1;
  if (first !== '|' && first !== '>') return index;
  const end = text.indexOf('\n', index);
  return end < 0 ? text.length : end + 1;
}

function placeOf(text: string, index: number): TextPlace {
  const before = text.slice(0, index);
  return { line: before.split('\n').length, column: index - before.lastIndexOf('\n') };
}
