/*
 * How many columns of a terminal a text takes. Follows Unicode's East Asian Width for the blocks that are wide in every
 * terminal; ambiguous characters count as one.
 */

/** Ranges of wide characters, both ends included. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x23e9, 0x23ec],
  [0x2614, 0x2615],
  [0x2648, 0x2653],
  [0x26a1, 0x26a1],
  [0x2705, 0x2705],
  [0x2728, 0x2728],
  [0x274c, 0x274c],
  [0x2753, 0x2757],
  [0x2795, 0x2797],
  [0x2b50, 0x2b55],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];

const COMBINING = /^\p{Mark}$/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the start of our own colour sequences and links
const SEQUENCE = /\u001b(?:\[[0-9;]*m|\]8;;[^\u001b]*\u001b\\)/g;
/** Text of which every character is one column: the fast path. */
const PLAIN = /^[\x20-\x7e]*$/;

/** Columns that an escaped text takes; colour sequences and links take none. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const char of text.replace(SEQUENCE, '')) width += charWidth(char);
  return width;
}

function charWidth(char: string): number {
  const code = char.codePointAt(0) as number;
  if (code < 0x300) return 1;
  if (COMBINING.test(char)) return 0;
  return WIDE.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}

/** Cuts a text without colours to a width, with an ellipsis where something is missing. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  return `${takeColumns(text, Math.max(0, width - 1))}…`;
}

/** The longest beginning of a text that fits into `width` columns. */
export function takeColumns(text: string, width: number): string {
  let taken = '';
  let used = 0;
  for (const char of text) {
    used += charWidth(char);
    if (used > width) break;
    taken += char;
  }
  return taken;
}

/** Characters after which a long word may be broken: those that part names, paths and types. */
const SOFT_BREAKS = /[./_,<>:;$-]/;

/** Breaks a text without colours into lines of at most `width` columns: between words, else between parts of a name. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (displayWidth(rest) > width) {
    const cut = breakPoint(rest, Math.max(1, width));
    lines.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  lines.push(rest);
  return lines;
}

/** Index at which to break, so that what comes before fits: the last good place in the second half, or the very end. */
function breakPoint(text: string, width: number): number {
  const fits = Math.max(takeColumns(text, width).length, 1);
  if (text[fits] === ' ') return fits;
  const space = text.lastIndexOf(' ', fits);
  if (space > fits / 2) return space;
  for (let at = fits; at > fits / 2; at--) if (SOFT_BREAKS.test(text[at - 1]!)) return at;
  return space > 0 ? space : fits;
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - displayWidth(text))) + text;
}
