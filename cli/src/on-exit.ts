import { closeSync, fstatSync } from 'node:fs';
import process from 'node:process';
import { isatty } from 'node:tty';
import { EXIT } from './exit-codes.js';

const HANGUP = 129;

/** What a shell expects of a program that a signal ended: 128 and the signal's number. */
const SIGNALS: readonly (readonly [NodeJS.Signals, number])[] = [
  ['SIGHUP', HANGUP],
  ['SIGINT', 130],
  ['SIGTERM', 143],
];

/**
 * Calls `leave` on every way out that the program does not choose: a signal, an error that nobody handles (which `failed` then says, and whose
 * exit code it gives), and the end of the process. Gives the function that ends it.
 */
export function onExit(leave: () => void, failed: (error: unknown) => number): () => void {
  const crashed = (error: unknown): void => {
    leave();
    let code: number = EXIT.failed;
    try {
      code = failed(error);
    } finally {
      letGo();
      process.exit(code);
    }
  };
  const handlers = SIGNALS.map(([signal, code]) => {
    const stop = (): void => {
      leave();
      letGo();
      process.exit(code);
    };
    return [signal, stop] as const;
  });
  process.on('exit', leave);
  process.on('uncaughtException', crashed);
  for (const [signal, stop] of handlers) process.on(signal, stop);
  return () => {
    process.off('exit', leave);
    process.off('uncaughtException', crashed);
    for (const [signal, stop] of handlers) process.off(signal, stop);
  };
}

/** The exit code where the terminal has gone without a signal: that of the signal that should have come. */
export function hungUp(): number {
  letGo();
  return HANGUP;
}

/**
 * Closes what was a terminal and is none any more. Node gives terminals their settings back at its end, and aborts with a stack where the system
 * says EIO; descriptors that are closed it leaves alone.
 */
function letGo(): void {
  for (const descriptor of [0, 1, 2]) {
    try {
      if (fstatSync(descriptor).isCharacterDevice() && !isatty(descriptor)) closeSync(descriptor);
    } catch {
      // It is closed already.
    }
  }
}
