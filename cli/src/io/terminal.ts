import { takesHyperlinks } from './hyperlinks.js';

/** What is known of the terminal that results are printed to. */
export interface Terminal {
  readonly isTerminal: boolean;
  /** Columns of a page; Infinity when stdout is no terminal and COLUMNS is not set. */
  readonly width: number;
  readonly colour: boolean;
  readonly hyperlinks: boolean;
}

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

type Environment = { readonly [name: string]: string | undefined };

/** Colour on a terminal unless NO_COLOR or TERM=dumb says otherwise; COLUMNS overrides the terminal's width. */
export function terminalOf(stream: Stream, env: Environment): Terminal {
  const isTerminal = stream.isTTY === true;
  const dumb = (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb';
  return {
    isTerminal,
    width: widthOf(stream, env),
    colour: isTerminal && !dumb,
    hyperlinks: takesHyperlinks(stream, env),
  };
}

function widthOf(stream: Stream, env: Environment): number {
  const set = Number(env.COLUMNS);
  if (Number.isInteger(set) && set > 0) return set;
  return stream.isTTY === true ? (stream.columns ?? 80) : Number.POSITIVE_INFINITY;
}
