import type { Line, Role, Span } from './line/line.js';
import { widthOf } from './line/width.js';

/** Looks by role as SGR parameters (16 colours only), and the characters of frames. */
export interface Theme {
  readonly sgr: { readonly [role in Role]: string };
  readonly ascii: boolean;
  /** The address of a rule's page, where ids of rules are to be links. */
  readonly ruleUrl: RuleUrl | undefined;
}

/** The address of a rule's page; undefined where there is none. */
export type RuleUrl = (id: string) => string | undefined;

const NONE: Theme['sgr'] = {
  plain: '',
  dim: '',
  strong: '',
  heading: '',
  key: '',
  number: '',
  text: '',
  type: '',
  good: '',
  warn: '',
  bad: '',
  opaque: '',
  selected: '7',
  match: '7',
  border: '',
};

const COLOURS: Theme['sgr'] = {
  ...NONE,
  dim: '2',
  strong: '1',
  heading: '1;36',
  key: '36',
  number: '33',
  text: '32',
  type: '35',
  good: '32',
  warn: '33',
  bad: '31',
  opaque: '2;35',
  match: '30;43',
  border: '2',
};

/** The theme: `colour` off (NO_COLOR) leaves reverse video for the cursor; `ascii` draws frames without line characters. */
export function themeOf(colour: boolean, ascii: boolean, ruleUrl?: RuleUrl): Theme {
  return { sgr: colour ? COLOURS : NONE, ascii, ruleUrl };
}

/** What stands for the characters of frames, one column each, where only ASCII is drawn. */
const ASCII = new Map(
  Object.entries({
    '…': '~',
    '›': '>',
    '·': '-',
    '×': 'x',
    '▏': '|',
    '▁': '.',
    '▂': '.',
    '▃': '-',
    '▄': '-',
    '▅': '=',
    '▆': '=',
    '▇': '#',
    '█': '#',
    '░': '.',
    '─': '-',
    '↑': '^',
    '↓': 'v',
    '→': '>',
    '←': '<',
  }),
);
const NOT_ASCII = /[^\u0020-\u007e]/g;

/** A line as text with escape sequences, of exactly `width` columns where it is selected. */
export function paint({ spans, selected }: Line, width: number, theme: Theme): string {
  const { sgr } = theme;
  if (selected === true) {
    const used = spans.reduce((sum, { text }) => sum + widthOf(text), 0);
    const text = spans.map((span) => spanText(span, theme)).join('');
    return wrap(text + ' '.repeat(Math.max(0, width - used)), sgr.selected);
  }
  return spans.map((span) => wrap(spanText(span, theme), sgr[span.role ?? 'plain'])).join('');
}

/** The text of a span; the name of a rule as a hyperlink (OSC 8) without the space around it. */
function spanText({ text, rule }: Span, { ascii, ruleUrl }: Theme): string {
  const shown = ascii ? asciiText(text) : text;
  const url = rule === undefined ? undefined : ruleUrl?.(rule);
  if (url === undefined) return shown;
  return shown.replace(/\S(?:.*\S)?/, (name) => `\u001b]8;;${url}\u001b\\${name}\u001b]8;;\u001b\\`);
}

/** The text with an ASCII character for each character of frames. */
export function asciiText(text: string): string {
  return text.replace(NOT_ASCII, (char) => ASCII.get(char) ?? (BLOCKS.test(char) ? '#' : char));
}

/** The eighths of a bar. */
const BLOCKS = /[\u2588-\u258f]/;

function wrap(text: string, sgr: string): string {
  return sgr === '' || text === '' ? text : `\u001b[${sgr}m${text}\u001b[0m`;
}
