/**
 * A key press by name: a printable character as itself, else `up`, `down`, `left`, `right`, `pageup`, `pagedown`, `home`, `end`,
 * `enter`, `escape`, `tab`, `backtab`, `backspace`, `delete`, `ctrl+x`.
 */
export type KeyName = string;

/** A key of a screen and what it does there, for the line of hints and for help. */
export interface KeyHelp {
  /** As shown: `enter`, `/`, `g`. */
  readonly keys: string;
  readonly does: string;
}

/** What ink says of an input event, as far as it matters here. */
export interface InkKey {
  readonly upArrow: boolean;
  readonly downArrow: boolean;
  readonly leftArrow: boolean;
  readonly rightArrow: boolean;
  readonly pageUp: boolean;
  readonly pageDown: boolean;
  readonly home?: boolean;
  readonly end?: boolean;
  readonly return: boolean;
  readonly escape: boolean;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly tab: boolean;
  readonly backspace: boolean;
  readonly delete: boolean;
}

const NAMED: readonly (readonly [keyof InkKey, KeyName])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'escape'],
  ['backspace', 'backspace'],
  // Terminals send DEL for the key that deletes backwards, and ink calls it delete.
  ['delete', 'backspace'],
];

/** What control characters are called where they come among others. */
const CONTROLS: ReadonlyMap<string, KeyName> = new Map([
  ['\r', 'enter'],
  ['\n', 'enter'],
  ['\t', 'tab'],
  ['\b', 'backspace'],
  ['\u007f', 'backspace'],
  ['\u001b', 'escape'],
]);

/** Final bytes, or numbers, of the sequences that terminals send for keys without a character. */
const SEQUENCES: ReadonlyMap<string, KeyName> = new Map([
  ['A', 'up'],
  ['B', 'down'],
  ['C', 'right'],
  ['D', 'left'],
  ['H', 'home'],
  ['F', 'end'],
  ['Z', 'backtab'],
  ['1~', 'home'],
  ['4~', 'end'],
  ['5~', 'pageup'],
  ['6~', 'pagedown'],
]);

const ESCAPE = '\u001b';

/** A sequence of the terminal, or a character. */
const TOKEN = new RegExp(`${ESCAPE}[[O](\\d*[A-Z~])|[^]`, 'gu');
/** Several sequences, of which the first has lost its escape character. */
const SEVERAL = new RegExp(`^\\[.+${ESCAPE}\\[`, 's');

/** The keys of one input event: a held or pasted key, or fast typing, comes as several at once. */
export function keysOf(input: string, key: InkKey): readonly KeyName[] {
  if (key.tab) return [key.shift ? 'backtab' : 'tab'];
  const named = NAMED.find(([flag]) => key[flag] === true);
  if (named !== undefined) return [named[1]];
  if (key.ctrl) return [`ctrl+${input}`];
  // Of several sequences ink takes the first escape character away.
  const whole = SEVERAL.test(input) ? `${ESCAPE}${input}` : input;
  return [...whole.matchAll(TOKEN)].flatMap(([char, sequence]) => keyOf(char, sequence));
}

function keyOf(char: string, sequence: string | undefined): readonly KeyName[] {
  const control = sequence === undefined ? CONTROLS.get(char) : SEQUENCES.get(sequence);
  if (control !== undefined) return [control];
  if (sequence !== undefined) return [];
  if (char >= ' ') return [char];
  return [`ctrl+${String.fromCharCode(char.charCodeAt(0) + 96)}`];
}
