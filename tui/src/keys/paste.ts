import type { InkKey } from './key.js';

/** What an input event is: keys, a part of a pasted text, or the last of it. */
export type PasteStep =
  | { readonly type: 'keys' }
  | { readonly type: 'part' }
  | { readonly type: 'pasted'; readonly text: string };

/** What ink leaves of the sequences around a pasted text (bracketed paste). */
const BEGIN = '[200~';
const END = '[201~';
/** No more of a pasted text is kept, in characters. */
const MOST = 100_000;

const BREAKS = /[\r\n\t]+/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const CONTROLS = /[\u0000-\u001f\u007f]/g;

/**
 * Tells pasted text from keys: a line break in what somebody pastes must not confirm it, nor its letters be commands. The text
 * comes as one line without control characters.
 */
export function pasteReader(): (input: string, key: Pick<InkKey, 'ctrl'>) => PasteStep {
  let text: string | undefined;
  return (input, { ctrl }) => {
    if (input === BEGIN) {
      text = '';
      return { type: 'part' };
    }
    if (text === undefined) return { type: 'keys' };
    if (input !== END) {
      if (!ctrl) text = (text + input).slice(0, MOST);
      return { type: 'part' };
    }
    const pasted = text.trim().replace(BREAKS, ' ').replace(CONTROLS, '');
    text = undefined;
    return { type: 'pasted', text: pasted };
  };
}
