import type { DiffView, EntryChange } from '@statewright/inspect';
import { type Style, styleFor } from './style.js';

/** Writes a comparison while it is under way: first what is known before entries are read, then changes, then the counts. */
export interface DiffWriter {
  head(view: DiffView): Iterable<string>;
  change(change: EntryChange): Iterable<string>;
  tail(view: DiffView): Iterable<string>;
}

/** Green for what was added, red for what was removed, yellow for what was changed. */
export interface SignStyle extends Style {
  readonly added: (text: string) => string;
  readonly removed: (text: string) => string;
  readonly changed: (text: string) => string;
  /** A line by the sign that it begins with. */
  readonly line: (text: string) => string;
}

const same = (text: string) => text;
const sgr = (on: number) => (text: string) => (text === '' ? text : `\u001b[${on}m${text}\u001b[39m`);

/** The style of a page with or without colour. */
export function signStyle(colour: boolean): SignStyle {
  const [added, removed, changed] = colour ? [sgr(32), sgr(31), sgr(33)] : [same, same, same];
  const line = (text: string) =>
    text.startsWith('+') ? added(text) : text.startsWith('-') ? removed(text) : text;
  return { ...styleFor(colour), added, removed, changed, line };
}
