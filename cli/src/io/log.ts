import { escapeText } from '@statewright/report';
import { progressLine } from './progress.js';

/** Notes for people, on stderr. */
export interface Log {
  /** One line; not with --quiet. */
  note(text: string): void;
  /** One line, always. */
  error(text: string): void;
  /**
   * A bar that is drawn over itself, with what was `found` so far; nothing when stderr is no terminal or with --quiet. Other
   * words for `what` begin another bar.
   */
  progress(what: string, doneBytes: number, totalBytes: number, found?: string): void;
  /** Takes the bar off the screen until it is drawn again: something else is printed there. */
  hide(): void;
  /** Takes the bar away. */
  clear(): void;
}

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** What a terminal can show of a bar. */
export interface BarStyle {
  /** No bar where a line cannot be erased. */
  readonly drawn: boolean;
  readonly ascii: boolean;
}

type Environment = { readonly [name: string]: string | undefined };

/** No bar with TERM=dumb; ASCII where the locale names another encoding than UTF-8. */
export function barStyleOf(env: Environment): BarStyle {
  const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find((text) => text !== undefined && text !== '');
  return { drawn: env.TERM !== 'dumb', ascii: locale !== undefined && !/utf-?8/i.test(locale) };
}

const REDRAW_MILLIS = 100;
const CLEAR_LINE = '\r\u001b[K';

/** The log of a process: its stderr. What comes from a snapshot is escaped here. */
export class StreamLog implements Log {
  quiet = false;
  private started: number | undefined;
  private what = '';
  private drawn = Number.NEGATIVE_INFINITY;
  private barShown = false;

  constructor(
    private readonly stream: Stream,
    private readonly now: () => number = Date.now,
    private readonly style: BarStyle = { drawn: true, ascii: false },
  ) {}

  note(text: string): void {
    if (!this.quiet) this.line(text);
  }

  error(text: string): void {
    this.line(text);
  }

  progress(what: string, doneBytes: number, totalBytes: number, found?: string): void {
    if (this.quiet || this.stream.isTTY !== true || !this.style.drawn) return;
    const now = this.now();
    if (what !== this.what) this.started = undefined;
    this.what = what;
    this.started ??= now;
    if (now - this.drawn < REDRAW_MILLIS) return;
    this.drawn = now;
    this.barShown = true;
    const state = {
      what: escapeText(what),
      doneBytes,
      totalBytes,
      elapsedMillis: now - this.started,
      found: found === undefined ? undefined : escapeText(found),
    };
    this.stream.write(CLEAR_LINE + progressLine(state, this.stream.columns ?? 80, this.style.ascii));
  }

  hide(): void {
    if (this.barShown) this.stream.write(CLEAR_LINE);
    this.barShown = false;
  }

  clear(): void {
    this.hide();
    this.started = undefined;
  }

  private line(text: string): void {
    this.hide();
    const lines = text.split('\n').map(escapeText);
    this.stream.write(`${lines.join('\n')}\n`);
  }
}
