import { displayWidth, formatBytes, truncate } from '@statewright/report';

/** What a progress bar shows at one moment. */
export interface ProgressState {
  readonly what: string;
  readonly doneBytes: number;
  readonly totalBytes: number;
  readonly elapsedMillis: number;
  /** What has been found so far, escaped: the largest value, how many changes. */
  readonly found?: string | undefined;
}

/** Columns of a bar, at least and at most. */
const SHORTEST = 6;
const LONGEST = 24;
/** What was found is left out where it would be cut to less. */
const LEAST_FOUND = 10;
const GAP = '  ';
/** Nothing is known of the rate, and of the time left, before that: in milliseconds. */
const SOON = 100;
const LATER = 500;

/**
 * One line: what, bar, share, rate, time left, what was found; shorter than the width, so that the cursor stays on it. Too
 * narrow a terminal loses what was found first, then the bar, the time left, the rate and what is done.
 */
export function progressLine(state: ProgressState, width: number, ascii = false): string {
  const room = Math.max(0, width - 1);
  const { what, doneBytes, totalBytes, found = '' } = state;
  const share = totalBytes === 0 ? 1 : Math.min(1, doneBytes / totalBytes);
  const rate = state.elapsedMillis < SOON ? 0 : (doneBytes / state.elapsedMillis) * 1000;
  const percent = `${Math.floor(share * 100)} %`.padStart(4);
  const told = [rate === 0 ? '' : `${formatBytes(rate)}/s`, timeLeft(state, rate)].filter(
    (text) => text !== '',
  );
  for (let kept = told.length; kept >= 0; kept--) {
    const tail = [percent, ...told.slice(0, kept)].join(GAP);
    const left = room - displayWidth(what) - tail.length - 2 * GAP.length;
    if (left >= SHORTEST) {
      const drawn = bar(share, Math.min(LONGEST, left), ascii);
      return withFound([what, drawn, tail].join(GAP), found, room);
    }
    const plain = what + GAP + tail;
    if (kept === 0 && displayWidth(plain) <= room) return plain;
  }
  return percent.trimStart().slice(0, room);
}

function bar(share: number, columns: number, ascii: boolean): string {
  const full = Math.round(share * columns);
  const [done, open] = ascii ? ['#', '-'] : ['█', '░'];
  return done!.repeat(full) + open!.repeat(columns - full);
}

function withFound(line: string, found: string, room: number): string {
  const left = room - displayWidth(line) - GAP.length;
  return found === '' || left < Math.min(LEAST_FOUND, displayWidth(found))
    ? line
    : line + GAP + truncate(found, left);
}

function timeLeft(state: ProgressState, rate: number): string {
  if (rate === 0 || state.elapsedMillis < LATER) return '';
  const seconds = Math.ceil(Math.max(0, state.totalBytes - state.doneBytes) / rate);
  if (seconds < 60) return `${seconds} s left`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min left` : `${Math.floor(minutes / 60)} h ${minutes % 60} min left`;
}
