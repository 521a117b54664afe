import type { FileSystem } from '@statewright/bytes';
import { type Describe, describer, type InspectView, inspectView } from '@statewright/inspect';
import type { Savepoint } from '@statewright/savepoint';

/** What is browsed, for as long as the browser is open. */
export interface Session {
  readonly savepoint: Savepoint;
  /** As it is called on the command line. */
  readonly path: string;
  readonly fs: FileSystem;
  readonly describe: Describe;
  readonly overview: InspectView;
  /** The caller's clock, milliseconds since the epoch. */
  now(): number;
}

/** A session on an open snapshot. */
export function sessionOf(savepoint: Savepoint, path: string, now: () => number): Session {
  const describe = describer(savepoint.formats);
  return {
    savepoint,
    path,
    fs: savepoint.fs,
    describe,
    overview: inspectView(savepoint, path, describe),
    now,
  };
}
