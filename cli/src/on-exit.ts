import process from 'node:process';
import { EXIT } from './exit-codes.js';

/** What a shell expects of a program that a signal ended: 128 and the signal's number. */
const SIGNALS: readonly (readonly [NodeJS.Signals, number])[] = [
  ['SIGHUP', 129],
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
      process.exit(code);
    }
  };
  const handlers = SIGNALS.map(([signal, code]) => {
    const stop = (): void => {
      leave();
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
