import process from 'node:process';
import { CommanderError } from 'commander';
import type { Command, OptionValues } from './command.js';
import { COMMANDS } from './commands/index.js';
import type { Context } from './context.js';
import { EXIT } from './exit-codes.js';
import { fail } from './fail.js';
import { barStyleOf, StreamLog } from './io/log.js';
import { StreamOutput } from './io/output.js';
import { terminalOf } from './io/terminal.js';
import { type Action, buildProgram } from './program.js';

/** Runs a command line and gives the exit code. */
export async function run(argv: readonly string[]): Promise<number> {
  const log = new StreamLog(process.stderr, Date.now, barStyleOf(process.env));
  const stdout = new StreamOutput(process.stdout, () => log.hide());
  const terminal = terminalOf(process.stdout, process.env);
  // A closed stderr is no reason to stop: notes are lost, results are not.
  process.stderr.on('error', () => undefined);
  try {
    return await dispatch(argv, { stdout, log, terminal }, log);
  } catch (error) {
    return fail(error, log, argv.includes('--debug'));
  }
}

async function dispatch(argv: readonly string[], context: Context, log: StreamLog): Promise<number> {
  let code: number = EXIT.clean;
  const action: Action = async (command: Command, args: readonly string[], options: OptionValues) => {
    log.quiet = options.quiet === true;
    code = await command.run(context, args, options);
    log.clear();
  };
  let text = '';
  const program = buildProgram(COMMANDS, await loadNamed(argv), action, {
    writeOut: (part) => {
      text += part;
    },
    writeErr: (part) => log.error(part.trimEnd()),
    width: context.terminal.width,
  });
  try {
    await program.parseAsync(argv.length === 0 ? ['--help'] : argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    code = error.exitCode === 0 ? EXIT.clean : EXIT.usage;
  }
  await context.stdout.write(text);
  await context.stdout.flush();
  return argv.length === 0 ? EXIT.usage : code;
}

/** The command that a command line names, also after `help`. */
async function loadNamed(argv: readonly string[]) {
  const words = argv.filter((word) => !word.startsWith('-'));
  const name = words[0] === 'help' ? words[1] : words[0];
  const row = COMMANDS.find((one) => one.name === name);
  return row === undefined ? undefined : { name: row.name, command: await row.load() };
}
