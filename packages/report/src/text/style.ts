/** How a text renderer marks things; without colour every one gives its text back. */
export interface Style {
  readonly heading: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly good: (text: string) => string;
  /** A rule's id, as a link to its page where the terminal takes links. */
  readonly rule: (id: string) => string;
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
  rule: same,
};
const PLAIN: Style = { heading: same, dim: same, warn: same, bad: same, good: same, rule: same };

/** The style of a page; `ruleUrl` gives the address of a rule's page, where ids are to be links. */
export function styleFor(colour: boolean, ruleUrl?: (id: string) => string | undefined): Style {
  const style = colour ? COLOURED : PLAIN;
  return ruleUrl === undefined ? style : { ...style, rule: (id) => linkTo(ruleUrl(id), id) };
}

/** A hyperlink of terminals: OSC 8, the address, the text, and its end. */
function linkTo(url: string | undefined, text: string): string {
  return url === undefined ? text : `\u001b]8;;${url}\u001b\\${text}\u001b]8;;\u001b\\`;
}
