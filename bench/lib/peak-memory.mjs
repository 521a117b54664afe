import { readFileSync } from 'node:fs';

const EVERY_MILLIS = 50;

/**
 * Looks again and again at how much memory a process has held at most, as Linux counts it; gives a function that stops
 * looking and tells the bytes, undefined where no such thing can be read and of a process that is over at once.
 */
export function watchPeak(pid) {
  let bytes;
  const look = () => {
    bytes = highWaterMark(pid) ?? bytes;
  };
  const timer = setInterval(look, EVERY_MILLIS);
  return () => {
    clearInterval(timer);
    return bytes;
  };
}

function highWaterMark(pid) {
  try {
    const line = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'));
    return line === null ? undefined : Number(line[1]) * 1024;
  } catch {
    return undefined;
  }
}
