import type { Log } from './io/log.js';
import type { Output } from './io/output.js';
import type { Terminal } from './io/terminal.js';

/** What a command gets from the process that runs it. */
export interface Context {
  readonly stdout: Output;
  readonly log: Log;
  readonly terminal: Terminal;
}
