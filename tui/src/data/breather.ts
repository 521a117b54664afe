import { setImmediate } from 'node:timers/promises';

/** Milliseconds of work after which key presses get their turn. */
const SLICE_MILLIS = 8;

/** Gives the thread away now and then during long work, so that a key press is not delayed; ends it when it was aborted. */
export function breather(
  signal: AbortSignal,
  now: () => number = () => performance.now(),
): () => Promise<void> {
  let since = now();
  return async () => {
    if (now() - since < SLICE_MILLIS) return;
    await setImmediate();
    signal.throwIfAborted();
    since = now();
  };
}
