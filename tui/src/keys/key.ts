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

/** The keys of one input event: a held or pasted key comes as several characters at once. */
export function keysOf(input: string, key: InkKey): readonly KeyName[] {
  if (key.tab) return [key.shift ? 'backtab' : 'tab'];
  const named = NAMED.find(([flag]) => key[flag] === true);
  if (named !== undefined) return [named[1]];
  if (key.ctrl) return [`ctrl+${input}`];
  return [...input].filter((char) => char >= ' ' && char !== '\u007f');
}
