import { wrap } from './width.js';

/** Lines of an escaped text that fit the page: the first behind `head`, the others behind as many spaces. */
export function paragraph(
  text: string,
  width: number,
  head: string,
  paint: (line: string) => string = (line) => line,
): string[] {
  const margin = ' '.repeat(head.length);
  const lines = wrap(text, Math.max(16, width - head.length));
  return lines.map((line, i) => `${i === 0 ? head : margin}${paint(line)}`.trimEnd());
}

/** As `paragraph`, but a command line stays whole, so that it can be copied. */
export function nextStep(text: string, width: number, head: string): string[] {
  return paragraph(text, text.startsWith('statewright ') ? Number.POSITIVE_INFINITY : width, head);
}
