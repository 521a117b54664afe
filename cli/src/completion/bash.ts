import type { CompletionCommand } from './model.js';

/** A completion script for bash: `source <(statewright completion bash)`. */
export function bashScript(commands: readonly CompletionCommand[]): string {
  const cases = commands.map(({ name, options, words }) => {
    const names = options.flatMap((option) => option.names).join(' ');
    return `    ${name}) options="${names}"; words="${words.join(' ')}" ;;`;
  });
  const values = choicesOf(commands).map(
    ([name, choices]) =>
      `    ${name}) COMPREPLY=($(compgen -W "${choices.join(' ')}" -- "$current")); return ;;`,
  );
  return `${[
    '# bash completion for statewright',
    '_statewright() {',
    '  local current="$' + '{COMP_WORDS[COMP_CWORD]}" previous="$' + '{COMP_WORDS[COMP_CWORD-1]}"',
    '  local command="$' + '{COMP_WORDS[1]}" options="--help --version" words=""',
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(' ')} help --help --version" -- "$current"))`,
    '    return',
    '  fi',
    '  case "$command" in',
    ...cases,
    '  esac',
    '  case "$previous" in',
    ...values,
    '  esac',
    '  case "$current" in',
    '    -*) COMPREPLY=($(compgen -W "$options" -- "$current")) ;;',
    '    *) if [ -n "$words" ]; then COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '       else COMPREPLY=($(compgen -f -- "$current")); fi ;;',
    '  esac',
    '}',
    'complete -o filenames -F _statewright statewright',
  ].join('\n')}\n`;
}

/** Every option that has choices, with all choices that some command gives it. */
function choicesOf(commands: readonly CompletionCommand[]): [string, string[]][] {
  const byName = new Map<string, Set<string>>();
  for (const option of commands.flatMap(({ options }) => options)) {
    if (option.choices.length === 0) continue;
    const key = option.names.join('|');
    byName.set(key, new Set([...(byName.get(key) ?? []), ...option.choices]));
  }
  return [...byName].map(([names, choices]) => [names, [...choices]]);
}
