import { formatBytes } from '@statewright/report';

/** What a progress bar shows at one moment. */
export interface ProgressState {
  readonly what: string;
  readonly doneBytes: number;
  readonly totalBytes: number;
  readonly elapsedMillis: number;
}

const BAR = 24;

/** One line: what, bar, share, rate and time left; cut to the width. */
export function progressLine(state: ProgressState, width: number): string {
  const share = state.totalBytes === 0 ? 1 : Math.min(1, state.doneBytes / state.totalBytes);
  const rate = state.elapsedMillis === 0 ? 0 : (state.doneBytes / state.elapsedMillis) * 1000;
  const tail = `${Math.floor(share * 100)} %  ${formatBytes(rate)}/s  ${timeLeft(state, rate)}`;
  const bar = Math.min(BAR, width - 1 - tail.length - state.what.length - 4);
  if (bar < 6) return tail.slice(0, Math.max(0, width - 1));
  const full = Math.round(share * bar);
  return `${state.what}  ${'█'.repeat(full)}${'░'.repeat(bar - full)}  ${tail}`;
}

function timeLeft(state: ProgressState, rate: number): string {
  if (rate === 0 || state.elapsedMillis < 500) return '';
  const seconds = Math.ceil(Math.max(0, state.totalBytes - state.doneBytes) / rate);
  if (seconds < 60) return `${seconds} s left`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min left` : `${Math.floor(minutes / 60)} h ${minutes % 60} min left`;
}
