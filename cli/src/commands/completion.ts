import type { Command } from '../command.js';
import { bashScript } from '../completion/bash.js';
import { fishScript } from '../completion/fish.js';
import { type CompletionCommand, completionModel } from '../completion/model.js';
import { zshScript } from '../completion/zsh.js';
import { EXIT } from '../exit-codes.js';
import { usage } from '../options.js';
import { COMMANDS } from './index.js';

const SCRIPTS: { readonly [shell: string]: (commands: readonly CompletionCommand[]) => string } = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};
const SHELLS = Object.keys(SCRIPTS);

/** Completion scripts for shells, made from the table of commands. */
export const completionCommand: Command = {
  arguments: [{ name: 'SHELL', description: SHELLS.join(', '), complete: SHELLS }],
  options: [],
  examples: [{ line: 'bash', does: 'print the script; `source <(statewright completion bash)` turns it on' }],
  notes: [
    'Put that line into ~/.bashrc. For zsh, save the script as _statewright in a directory of $fpath.',
    'For fish: statewright completion fish > ~/.config/fish/completions/statewright.fish.',
  ],
  async run(context, [shell]) {
    const script = Object.hasOwn(SCRIPTS, shell!) ? SCRIPTS[shell!] : undefined;
    if (script === undefined) {
      throw usage('SHELL', `"${shell}" is not one of ${SHELLS.join(', ')}`);
    }
    await context.stdout.write(script(await completionModel(COMMANDS)));
    return EXIT.clean;
  },
};
