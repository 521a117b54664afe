import { Argument, Command as CommanderCommand, Option } from 'commander';
import type { Command, CommandRow, OptionSpec, OptionValues } from './command.js';
import { EXIT_CODES } from './exit-codes.js';
import { SHARED_OPTIONS } from './options.js';
import { version } from './version.js';

/** What a parsed command line asks for. */
export type Action = (command: Command, args: readonly string[], options: OptionValues) => Promise<void>;

export interface ProgramIo {
  readonly writeOut: (text: string) => void;
  readonly writeErr: (text: string) => void;
  /** Columns for help. */
  readonly width: number;
}

const HELP_WIDTH = 100;

/** The command line's grammar: all rows by name and summary, and the whole of the one command that is loaded. */
export function buildProgram(
  rows: readonly CommandRow[],
  loaded: { readonly name: string; readonly command: Command } | undefined,
  action: Action,
  io: ProgramIo,
): CommanderCommand {
  const program = new CommanderCommand('statewright')
    .description('Look into, check and change Apache Flink state without a JVM')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', `\n${exitCodesText()}`);
  configure(program, io);
  for (const row of rows) {
    const sub = program
      .command(row.name)
      .description(row.summary)
      .helpOption('-h, --help', 'print this help');
    configure(sub, io);
    if (loaded?.name === row.name) fill(sub, row.name, loaded.command, action);
  }
  return program;
}

function configure(command: CommanderCommand, io: ProgramIo): void {
  const width = Number.isFinite(io.width) ? io.width : HELP_WIDTH;
  command
    .exitOverride()
    .configureOutput({
      writeOut: io.writeOut,
      writeErr: io.writeErr,
      outputError: (text, write) => write(usageSentence(text, command)),
      getOutHelpWidth: () => width,
      getErrHelpWidth: () => width,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .configureHelp({ minWidthToWrap: 16 })
    .showHelpAfterError(false)
    .showSuggestionAfterError(true);
}

/** Commander's complaint in the form of our errors: one sentence with the next step. */
function usageSentence(text: string, command: CommanderCommand): string {
  const [first = '', ...hints] = text.trimEnd().split('\n');
  const reason = first
    .replace(/^error: /, '')
    .replace(/\.$/, '')
    .replace(/\. ([A-Z])/g, (_, letter: string) => `, ${letter.toLowerCase()}`);
  const hint = hints.map((line) => ` ${line.replace(/[?.]\)$/, ')')}`).join('');
  const line = command.parent === null ? 'statewright --help' : `statewright ${command.name()} --help`;
  return `USAGE: ${reason}${hint}; run \`${line}\` for what it takes`;
}

function fill(target: CommanderCommand, name: string, command: Command, action: Action): void {
  for (const spec of command.arguments) {
    const shape = spec.optional === true ? `[${spec.name}]` : `<${spec.name}>`;
    target.addArgument(new Argument(shape, spec.description));
  }
  for (const spec of [...command.options, ...SHARED_OPTIONS]) target.addOption(commanderOption(spec));
  target.addHelpText('after', helpTail(name, command));
  target.action(async (...received: unknown[]) => {
    const args = received.slice(0, command.arguments.length).filter((arg) => typeof arg === 'string');
    await action(command, args, target.opts() as OptionValues);
  });
}

function commanderOption(spec: OptionSpec): Option {
  const option = new Option(spec.flags, spec.description);
  if (spec.choices !== undefined) option.choices(spec.choices);
  if (spec.default !== undefined) option.default(spec.default);
  if (spec.required === true) option.makeOptionMandatory();
  return option;
}

function helpTail(name: string, command: Command): string {
  const examples = command.examples.flatMap(({ does, line }) => [
    `  # ${does}`,
    `  statewright ${name} ${line}`,
  ]);
  const notes = command.notes.flatMap((note) => ['', note]);
  return `\n${['Examples:', ...examples, ...notes].join('\n')}`;
}

function exitCodesText(): string {
  return [
    'Exit codes:',
    ...EXIT_CODES.map(({ code, means }) => `  ${String(code).padStart(2)}  ${means}`),
  ].join('\n');
}
