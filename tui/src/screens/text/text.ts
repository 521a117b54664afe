import { movePage, pageLines } from '../../components/pager.js';
import type { Line } from '../../line/line.js';
import type { Screen } from '../../screen.js';

/** A text to read. */
export interface TextArgs {
  /** For the breadcrumbs; safe for the terminal. */
  readonly title: string;
  /** The text in rows of at most `width` columns; safe for the terminal. */
  lines(width: number): readonly Line[];
  /** The command line that prints it, without `statewright`. */
  readonly command?: string | undefined;
}

/** A text and the first of its rows on the screen. */
export interface TextState {
  readonly args: TextArgs;
  readonly top: number;
}

/** A page of text that scrolls: what a row of another screen says in full. */
export const textScreen: Screen<TextState, TextArgs> = {
  id: 'text',
  keys: [{ keys: 'PgDn', does: 'read on' }],
  open: (args) => ({ state: { args, top: 0 } }),
  update(state, event, { size }) {
    if (event.type !== 'key') return { state };
    const top = movePage(state.top, event.key, state.args.lines(size.width).length, size.height);
    return { state: top === undefined || top === state.top ? state : { ...state, top } };
  },
  view: ({ args, top }, { size }) => pageLines(args.lines(size.width), top, size.height),
  title: ({ args }) => args.title,
  command: ({ args }) => args.command,
};
