import type { Context } from './context.js';

/** A row of the table of commands: enough for the list of commands, so that only the one that runs is loaded. */
export interface CommandRow {
  readonly name: string;
  readonly summary: string;
  load(): Promise<Command>;
}

/** A command: what help, docs and completion are made from, and what it does. */
export interface Command {
  readonly arguments: readonly ArgumentSpec[];
  readonly options: readonly OptionSpec[];
  /** Each is run by a test. */
  readonly examples: readonly Example[];
  /** What else its help says, a paragraph each. */
  readonly notes: readonly string[];
  /** Does it and gives the exit code; `options` are those of its rows and the shared ones. */
  run(context: Context, args: readonly string[], options: OptionValues): Promise<number>;
}

export interface ArgumentSpec {
  readonly name: string;
  readonly optional?: boolean;
  readonly description: string;
  /** What completion offers. */
  readonly complete?: 'file' | readonly string[];
}

export interface OptionSpec {
  /** As commander takes them: `-o, --output FILE`. */
  readonly flags: string;
  readonly description: string;
  readonly choices?: readonly string[];
  readonly default?: string;
  readonly required?: boolean;
  readonly complete?: 'file';
}

export interface Example {
  /** Without the program's name. */
  readonly line: string;
  readonly does: string;
}

/** Option values by their camel-cased long name, as commander gives them. */
export type OptionValues = { readonly [name: string]: string | boolean | undefined };
