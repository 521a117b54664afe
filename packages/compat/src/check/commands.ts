/** A command line of this toolkit; words that a shell would take apart are quoted. */
export function commandOf(...words: readonly string[]): string {
  return ['statewright', ...words.map(shellWord)].join(' ');
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
