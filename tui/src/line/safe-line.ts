import { escapeText } from '@statewright/report';
import type { Line } from './line.js';

/**
 * The line with everything escaped that could steer a terminal, in at most as much text as can fill `width` columns. Screens escape what they
 * show of data where they know what it is; that this is the last gate in front of the terminal makes it certain.
 */
export function safeLine(line: Line, width: number): Line {
  const most = width * 8 + 1;
  const spans = line.spans.map((span) => {
    const text = escapeText(span.text.length > most ? span.text.slice(0, most) : span.text);
    return text === span.text ? span : { ...span, text };
  });
  return { ...line, spans };
}
