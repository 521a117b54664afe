import type { CompletionCommand } from './model.js';

/** A completion script for fish: `statewright completion fish | source`. */
export function fishScript(commands: readonly CompletionCommand[]): string {
  const lines = commands.flatMap(({ name, summary, options, words }) => [
    `complete -c statewright -n __fish_use_subcommand -f -a ${name} -d '${quoted(summary)}'`,
    ...options.map((option) => {
      const flags = option.names.map((flag) =>
        flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
      );
      const value =
        option.choices.length > 0 ? ` -x -a '${option.choices.join(' ')}'` : option.takesValue ? ' -r' : '';
      return `complete -c statewright -n '__fish_seen_subcommand_from ${name}' ${flags.join(' ')}${value} -d '${quoted(option.description)}'`;
    }),
    ...(words.length === 0
      ? []
      : [`complete -c statewright -n '__fish_seen_subcommand_from ${name}' -f -a '${words.join(' ')}'`]),
  ]);
  return `${['# fish completion for statewright', ...lines].join('\n')}\n`;
}

function quoted(text: string): string {
  return text.replace(/[\\']/g, '\\$&');
}
