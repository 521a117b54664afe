import type { Command, CommandRow, OptionSpec } from '../command.js';
import { SHARED_OPTIONS } from '../options.js';

/** What a shell may offer, from the rows. */
export interface CompletionCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletionOption[];
  /** Words that the first argument can be; none means files. */
  readonly words: readonly string[];
}

export interface CompletionOption {
  /** `--format`, and its short form if there is one. */
  readonly names: readonly string[];
  readonly description: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
}

/** Loads all commands and gathers what they take. */
export async function completionModel(rows: readonly CommandRow[]): Promise<CompletionCommand[]> {
  return Promise.all(rows.map(async (row) => completionOf(row.name, row.summary, await row.load())));
}

function completionOf(name: string, summary: string, command: Command): CompletionCommand {
  const complete = command.arguments[0]?.complete;
  return {
    name,
    summary,
    options: [...command.options, ...SHARED_OPTIONS, HELP].map(optionOf),
    words: Array.isArray(complete) ? complete : [],
  };
}

const HELP: OptionSpec = { flags: '-h, --help', description: 'print help' };

function optionOf(spec: OptionSpec): CompletionOption {
  return {
    names: spec.flags.split(/[ ,]+/).filter((part) => part.startsWith('-')),
    description: spec.description,
    takesValue: spec.flags.includes('<'),
    choices: spec.choices ?? [],
  };
}
