import { StatewrightError } from '@statewright/bytes';
import type { ArgumentSpec, OptionSpec, OptionValues } from './command.js';

/** Options that every command takes that opens a snapshot. */
export const SNAPSHOT_OPTIONS: readonly OptionSpec[] = [
  {
    flags: '--uid-candidates <LIST>',
    description: 'uids to try on operators known by hash only: a,b,c or @FILE with one a line',
  },
  {
    flags: '--snapshot <MODULE>',
    description: 'ES module that exports SnapshotFormat rows for serializers of your own; its code is run',
    complete: 'file',
  },
  { flags: '--allow-outside', description: "read state files that lie outside the snapshot's directory" },
];

/** Options of every command. */
export const SHARED_OPTIONS: readonly OptionSpec[] = [
  { flags: '-q, --quiet', description: 'no progress and no notes on stderr' },
  { flags: '--debug', description: 'a stack trace with errors' },
];

export const SNAPSHOT_ARGUMENT: ArgumentSpec = {
  name: 'SNAPSHOT',
  description:
    "a snapshot's directory, a _metadata file, or a directory of checkpoints (the newest is taken)",
  complete: 'file',
};

export const STATE_ARGUMENT: ArgumentSpec = {
  name: 'OP/STATE',
  description: 'operator by uid, name or hash prefix, then the name of the state',
};

export const STATES_ARGUMENT: ArgumentSpec = {
  name: 'OP[/STATE]',
  optional: true,
  description: 'only this operator, or only this state; default: all',
};

/** The directory that a writing command makes. */
export const OUTPUT_OPTION: OptionSpec = {
  flags: '-o, --output <DIR>',
  description: 'directory of the new snapshot; must not exist',
  required: true,
  complete: 'file',
};

/** `--format` with the first choice as its default. */
export function formatOption(...choices: readonly [string, ...string[]]): OptionSpec {
  return {
    flags: '-f, --format <FORMAT>',
    description: 'how to print',
    choices,
    default: choices[0],
  };
}

export function textOption(options: OptionValues, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** A whole number of an option; USAGE when it is none or too small. */
export function countOption(options: OptionValues, name: string, least = 0): number | undefined {
  const text = textOption(options, name);
  if (text === undefined) return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw usage(`--${name}`, `a whole number of at least ${least} is expected but "${text}" is given`);
}

/** What a wrong command line gives: exit code 2. */
export function usage(kind: string, reason: string, next?: string): StatewrightError {
  return new StatewrightError('USAGE', { kind, reason, next });
}
