import { StatewrightError } from '@statewright/bytes';
import { EXIT, exitCodeOf } from './exit-codes.js';
import type { Log } from './io/log.js';
import { ReaderGone } from './io/output.js';

/** Says an error in one sentence, with `debug` also where it came from; gives the exit code. */
export function fail(error: unknown, log: Log, debug: boolean): number {
  log.clear();
  if (error instanceof ReaderGone) return EXIT.clean;
  const known = error instanceof StatewrightError ? error : internal(error);
  log.error(known.message);
  if (debug && error instanceof Error) log.error(stackOf(error));
  return exitCodeOf(known.code);
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}

function internal(cause: unknown): StatewrightError {
  const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return new StatewrightError('INTERNAL', {
    kind: 'statewright',
    reason: reason.replace(/\.$/, ''),
    next: 'run it again with --debug and report what it prints',
    cause,
  });
}
