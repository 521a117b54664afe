import type { Line, Span } from './line.js';
import { fitText, widthOf } from './width.js';

/** The line in at most `width` columns. */
export function fitLine(line: Line, width: number): Line {
  const fitted: Span[] = [];
  let left = width;
  for (const span of line.spans) {
    if (left <= 0) break;
    const text = fitText(span.text, left);
    fitted.push(text === span.text ? span : { ...span, text });
    left -= widthOf(text);
  }
  return { ...line, spans: fitted };
}

/** The lines as plain text, without looks: what is printed where there is no terminal. */
export function plainText(lines: readonly Line[]): string {
  return lines
    .map(({ spans }) =>
      spans
        .map(({ text }) => text)
        .join('')
        .trimEnd(),
    )
    .join('\n');
}
