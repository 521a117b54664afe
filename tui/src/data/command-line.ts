import { safeJson } from '@statewright/report';
import { toJson } from '@statewright/serializers';

/** Words as one line for a POSIX shell: what is no plain word is quoted, so that a name or key of the data is never run. */
export function commandLine(...words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}

function shellWord(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * A key as `--key` takes it: a string as it is, unless it looks like JSON or holds what a terminal does not show; anything else, and such a
 * string, as JSON of which every character can be seen.
 */
export function keyWord(key: unknown): string {
  const json = safeJson(toJson(key));
  const plain =
    typeof key === 'string' && json === `"${key}"` && !/^[\s\d[{"+-]|^(true|false|null)$/.test(key);
  return plain ? key : json;
}
