import { escapeText, safeJson } from '@statewright/report';
import { toJson } from '@statewright/serializers';

/**
 * Words as one line for a shell: what is no plain word is quoted, so that a name or key of the data is never run. A word with characters that
 * no terminal shows is written in the form of bash and zsh, with their bytes: `$'\x1b'`.
 */
export function commandLine(...words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}

function shellWord(text: string): string {
  if (escapeText(text) !== text) return `$'${[...text].map(shellChar).join('')}'`;
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A mark is drawn on the character before it. */
const MARK = /\p{M}/u;

/** JSON with escapes for marks where so many follow one another that they would not be shown as they are. */
function visible(json: string): string {
  if (escapeText(json) === json) return json;
  return json.replace(/\p{M}/gu, (char) =>
    char.length > 1 ? char : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function shellChar(char: string): string {
  if (char === "'" || char === '\\') return `\\${char}`;
  if (escapeText(char) === char && !MARK.test(char)) return char;
  return [...new TextEncoder().encode(char)]
    .map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`)
    .join('');
}

/**
 * A key as `--key` takes it: a string as it is, unless it looks like JSON or holds what a terminal does not show; anything else, and such a
 * string, as JSON of which every character can be seen.
 */
export function keyWord(key: unknown): string {
  const json = visible(safeJson(toJson(key)));
  const plain =
    typeof key === 'string' && json === `"${key}"` && !/^[\s\d[{"+-]|^(true|false|null)$/.test(key);
  return plain ? key : json;
}
