import type { CompletionCommand, CompletionOption } from './model.js';

/** A completion script for zsh: save it as `_statewright` in a directory of `fpath`. */
export function zshScript(commands: readonly CompletionCommand[]): string {
  const rows = commands.map(({ name, summary }) => `    '${name}:${quoted(summary)}'`);
  const cases = commands.map(({ name, options, words }) => {
    const specs = [...options.map(optionSpec), argumentSpec(words)].map((spec) => `        ${spec}`);
    return `      ${name})\n        _arguments \\\n${specs.join(' \\\n')} ;;`;
  });
  return `${[
    '#compdef statewright',
    '_statewright() {',
    '  local -a commands',
    '  commands=(',
    ...rows,
    '  )',
    '  if (( CURRENT == 2 )); then',
    "    _describe 'command' commands",
    '  else',
    '    local command="$words[2]"',
    '    shift words; (( CURRENT-- ))',
    '    case "$command" in',
    ...cases,
    '    esac',
    '  fi',
    '}',
    'compdef _statewright statewright',
  ].join('\n')}\n`;
}

function optionSpec({ names, description, takesValue, choices }: CompletionOption): string {
  const value = takesValue ? `:value:${choices.length > 0 ? `(${choices.join(' ')})` : '_files'}` : '';
  const text = `[${quoted(description)}]${value}`;
  return names.length === 1 ? `'${names[0]}${text}'` : `{${names.join(',')}}'${text}'`;
}

function argumentSpec(words: readonly string[]): string {
  return words.length > 0 ? `'*:word:(${words.join(' ')})'` : "'*:file:_files'";
}

/** Safe inside single quotes and `_arguments` brackets. */
function quoted(text: string): string {
  return text.replace(/'/g, "'\\''").replace(/[[\]:]/g, '\\$&');
}
