import stringWidth from 'string-width';

/** Characters of one column each: Latin, and what bars and breadcrumbs are drawn with. The rest is looked up, which is slow to begin with. */
const NARROW = /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2026\u203a\u2190-\u2193\u2500-\u2595]*$/;

/** Columns that a text takes on a terminal: 2 for a wide character, 0 for a combining one. */
export function widthOf(text: string): number {
  return NARROW.test(text) ? text.length : stringWidth(text);
}

/** Columns that a text takes, `most` where it takes more: a long text is not looked at. */
export function widthUpTo(text: string, most: number): number {
  return text.length > most * 8 ? most : Math.min(most, widthOf(text));
}

/** The text in at most `width` columns; what is cut off leaves an ellipsis. */
export function fitText(text: string, width: number): string {
  if (width <= 0) return '';
  if (text.length <= width && widthOf(text) <= width) return text;
  if (text.length > width * 8) return fitText(text.slice(0, width * 8 - 1), width);
  let out = '';
  let used = 0;
  for (const { segment } of SEGMENTS.segment(text)) {
    const columns = widthOf(segment);
    if (used + columns > width - 1) break;
    out += segment;
    used += columns;
  }
  return `${out}…`;
}

/** The text in at most `width` columns; an ellipsis stands for what is left out of its middle, and more is kept of its end. */
export function fitMiddle(text: string, width: number): string {
  if (width < 8 || widthUpTo(text, width + 1) <= width) return fitText(text, width);
  const head = Math.floor((width - 1) / 3);
  const segments = [...SEGMENTS.segment(text.slice(-width * 8))].map(({ segment }) => segment).reverse();
  let end = '';
  let used = 0;
  for (const segment of segments) {
    const columns = widthOf(segment);
    if (used + columns > width - head - 1) break;
    end = segment + end;
    used += columns;
  }
  return fitText(text, head + 1) + end;
}

const SEGMENTS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The text in exactly `width` columns: cut off, or filled up on the right (`start`) or on the left (`end`). */
export function padText(text: string, width: number, align: 'start' | 'end' = 'start'): string {
  const fitted = fitText(text, width);
  const fill = ' '.repeat(Math.max(0, width - widthOf(fitted)));
  return align === 'start' ? fitted + fill : fill + fitted;
}
