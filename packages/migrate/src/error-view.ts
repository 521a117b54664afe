import { StatewrightError } from '@statewright/bytes';
import type { ErrorView } from './views.js';

/** An error as data. What is no error of the toolkit is a defect of it. */
export function errorView(cause: unknown): ErrorView {
  const error = asStatewrightError(cause);
  const { code, message, reason, next, span, at } = error;
  return {
    code,
    message,
    reason,
    next: next ?? null,
    file: span?.file ?? at?.file ?? null,
    start: span?.start ?? null,
    end: span?.end ?? null,
    line: at?.line ?? null,
    column: at?.column ?? null,
  };
}

/** The error itself, or INTERNAL for one that is not the toolkit's. */
export function asStatewrightError(cause: unknown): StatewrightError {
  if (cause instanceof StatewrightError) return cause;
  const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return new StatewrightError('INTERNAL', { kind: 'migration', reason: reason.replace(/\.$/, ''), cause });
}
