import type { Style } from './style.js';
import { displayWidth, wrap } from './width.js';

/** The line above what is told of a state: its address and what it is; below each other where the page is narrow. Both escaped. */
export function stateHeading(address: string, what: string, width: number, style: Style): string[] {
  if (displayWidth(address) + 2 + displayWidth(what) <= width) {
    return [`${style.heading(address)}  ${style.dim(what)}`];
  }
  return [
    ...wrap(address, width).map(style.heading),
    ...wrap(what, Math.max(8, width - 2)).map((line) => `  ${style.dim(line)}`),
  ];
}
