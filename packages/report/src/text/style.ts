/** How a text renderer marks things; without colour every one gives its text back. */
export interface Style {
  readonly heading: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly good: (text: string) => string;
}

const same = (text: string) => text;
const sgr = (on: number, off: number) => (text: string) =>
  text === '' ? text : `\u001b[${on}m${text}\u001b[${off}m`;

/** Bold, dim, yellow, red and green: readable on dark and light grounds, also with 16 colours. */
const COLOURED: Style = {
  heading: sgr(1, 22),
  dim: sgr(2, 22),
  warn: sgr(33, 39),
  bad: sgr(31, 39),
  good: sgr(32, 39),
};
const PLAIN: Style = { heading: same, dim: same, warn: same, bad: same, good: same };

export function styleFor(colour: boolean): Style {
  return colour ? COLOURED : PLAIN;
}
