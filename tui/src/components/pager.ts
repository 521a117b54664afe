import type { KeyName } from '../keys/key.js';
import type { Line } from '../line/line.js';

/** Where a page of text begins after a key; undefined when the key means nothing to it. `rows` are visible of `count`. */
export function movePage(top: number, key: KeyName, count: number, rows: number): number | undefined {
  const target = targetOf(top, key, count, rows);
  return target === undefined ? undefined : Math.max(0, Math.min(count - rows, target));
}

function targetOf(top: number, key: KeyName, count: number, rows: number): number | undefined {
  switch (key) {
    case 'up':
    case 'k':
      return top - 1;
    case 'down':
    case 'j':
      return top + 1;
    case 'pageup':
    case 'ctrl+b':
      return top - rows;
    case 'pagedown':
    case 'ctrl+f':
    case ' ':
      return top + rows;
    case 'home':
      return 0;
    case 'end':
    case 'G':
      return count;
    default:
      return undefined;
  }
}

/** The visible lines of a page of text: what a smaller screen cut off comes into view again. */
export function pageLines(lines: readonly Line[], top: number, rows: number): readonly Line[] {
  const first = Math.max(0, Math.min(top, lines.length - rows));
  return lines.slice(first, first + rows);
}
