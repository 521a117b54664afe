import { LIST_START, moveList } from '../components/list/state.js';
import type { KeyName } from '../keys/key.js';
import { type Line, line } from '../line/line.js';
import type { Go, Screen } from '../screen.js';
import type { AppState, Overlay } from './app-state.js';

/** One thing that the palette can do. */
export interface PaletteEntry {
  readonly name: string;
  readonly does: string;
  readonly go: Go;
}

/** What the palette offers: every screen that needs no arguments, and leaving. */
export function paletteEntries(screens: ReadonlyMap<string, Screen>): readonly PaletteEntry[] {
  const found = [...screens.values()].flatMap((screen) =>
    screen.palette === undefined
      ? []
      : [{ name: screen.id, does: screen.palette, go: { to: screen.id, args: undefined } }],
  );
  return [...found, { name: 'quit', does: 'leave the browser', go: { to: 'quit' } }];
}

/** The entries that a text means: its letters in order, the tightest first. */
export function matches(entries: readonly PaletteEntry[], text: string): readonly PaletteEntry[] {
  return entries
    .map((entry) => ({ entry, spread: spreadOf(text.toLowerCase(), entry.name) }))
    .filter(({ spread }) => spread >= 0)
    .sort((a, b) => a.spread - b.spread)
    .map(({ entry }) => entry);
}

/** How far the letters lie apart in the name, -1 when they are not in it. */
function spreadOf(text: string, name: string): number {
  let at = -1;
  let first = 0;
  for (const [i, char] of [...text].entries()) {
    at = name.indexOf(char, at + 1);
    if (at < 0) return -1;
    if (i === 0) first = at;
  }
  return text === '' ? 0 : first + (at - first - (text.length - 1));
}

/** The palette after a key, and where it leads. */
export function updatePalette(
  { overlay, size }: AppState,
  key: KeyName,
  screens: ReadonlyMap<string, Screen>,
): { readonly overlay: Overlay; readonly go?: Go } {
  if (overlay.type !== 'palette' || key === 'escape') return { overlay: { type: 'none' } };
  const found = matches(paletteEntries(screens), overlay.text);
  if (key === 'enter') {
    const chosen = found[overlay.list.cursor];
    return { overlay: { type: 'none' }, ...(chosen === undefined ? {} : { go: chosen.go }) };
  }
  if (key === 'backspace') {
    return { overlay: { ...overlay, text: [...overlay.text].slice(0, -1).join(''), list: LIST_START } };
  }
  if ([...key].length === 1 && key !== ' ') {
    return { overlay: { ...overlay, text: overlay.text + key, list: LIST_START } };
  }
  const list = moveList(overlay.list, key, found.length, size.height) ?? overlay.list;
  return { overlay: { ...overlay, list } };
}

/** The palette as lines. */
export function paletteLines(
  text: string,
  cursor: number,
  screens: ReadonlyMap<string, Screen>,
): readonly Line[] {
  const found = matches(paletteEntries(screens), text);
  const rows = found.map(
    ({ name, does }, i): Line => ({
      spans: [{ text: `  ${name.padEnd(14)}`, role: 'key' }, { text: does }],
      selected: i === cursor,
    }),
  );
  return [line(`:${text}▏`, 'strong'), ...rows];
}
