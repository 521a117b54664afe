import { StatewrightError } from '@statewright/bytes';

/** How far a run has come; whoever shows it looks at it from time to time. */
export interface RunProgress {
  /** What is being done: `reading`, `writing`, `verifying`. */
  what: string;
  bytesDone: number;
  bytesTotal: number;
}

/** Begins another part of a run; gives what is to be told of the bytes that are done. */
export function progressOf(
  progress: RunProgress | undefined,
  what: string,
  bytesTotal: number,
): (bytes: number) => void {
  if (progress === undefined) return () => {};
  Object.assign(progress, { what, bytesDone: 0, bytesTotal });
  return (bytes) => {
    progress.bytesDone += bytes;
  };
}

/** Throws STOPPED once the caller wants a run to end. */
export function throwIfStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw stopped();
}

/** The error of a run that was told to end. */
export function stopped(): StatewrightError {
  return new StatewrightError('STOPPED', {
    kind: 'migration',
    reason: 'it was told to stop before it was done',
  });
}
