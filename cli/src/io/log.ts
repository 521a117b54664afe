import { escapeText } from '@statewright/report';
import { progressLine } from './progress.js';

/** Notes for people, on stderr. */
export interface Log {
  /** One line; not with --quiet. */
  note(text: string): void;
  /** One line, always. */
  error(text: string): void;
  /** A bar that is drawn over itself; nothing when stderr is no terminal or with --quiet. */
  progress(what: string, doneBytes: number, totalBytes: number): void;
  /** Takes the bar away. */
  clear(): void;
}

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const REDRAW_MILLIS = 100;
const CLEAR_LINE = '\r\u001b[K';

/** The log of a process: its stderr. What comes from a snapshot is escaped here. */
export class StreamLog implements Log {
  quiet = false;
  private started: number | undefined;
  private drawn = 0;
  private barShown = false;

  constructor(
    private readonly stream: Stream,
    private readonly now: () => number = Date.now,
  ) {}

  note(text: string): void {
    if (!this.quiet) this.line(text);
  }

  error(text: string): void {
    this.line(text);
  }

  progress(what: string, doneBytes: number, totalBytes: number): void {
    if (this.quiet || this.stream.isTTY !== true) return;
    const now = this.now();
    this.started ??= now;
    if (now - this.drawn < REDRAW_MILLIS) return;
    this.drawn = now;
    this.barShown = true;
    const state = { what: escapeText(what), doneBytes, totalBytes, elapsedMillis: now - this.started };
    this.stream.write(CLEAR_LINE + progressLine(state, this.stream.columns ?? 80));
  }

  clear(): void {
    if (this.barShown) this.stream.write(CLEAR_LINE);
    this.barShown = false;
    this.started = undefined;
  }

  private line(text: string): void {
    this.clear();
    const lines = text.split('\n').map(escapeText);
    this.stream.write(`${lines.join('\n')}\n`);
  }
}
