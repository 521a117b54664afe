import { LIST_START, moveList } from '../components/list/state.js';
import type { KeyName } from '../keys/key.js';
import { type Line, line } from '../line/line.js';
import type { Go, Screen, ScreenCommand } from '../screen.js';
import { type AppState, type Overlay, topOf } from './app-state.js';

/** One thing that the palette can do. */
export interface PaletteEntry {
  readonly name: string;
  readonly does: string;
  /** Where it leads, or what it is to the screen. */
  readonly go: Go | undefined;
  readonly command?: ScreenCommand;
}

/** What the palette offers: the commands of the screen, every screen that needs no arguments, and leaving. */
export function paletteEntries(
  screen: Screen,
  screens: ReadonlyMap<string, Screen>,
): readonly PaletteEntry[] {
  const own = (screen.commands ?? []).map((command): PaletteEntry => {
    return { name: command.name, does: command.does, go: undefined, command };
  });
  const found = [...screens.values()].flatMap((screen): PaletteEntry[] =>
    screen.palette === undefined
      ? []
      : [{ name: screen.id, does: screen.palette, go: { to: screen.id, args: undefined } }],
  );
  return [...own, ...found, { name: 'quit', does: 'leave the browser', go: { to: 'quit' } }];
}

/** The entries that a text means: its letters in order, the tightest first; what stands behind a space is the argument. */
export function matches(entries: readonly PaletteEntry[], text: string): readonly PaletteEntry[] {
  const name = text.split(' ')[0]!.toLowerCase();
  return entries
    .map((entry) => ({ entry, spread: spreadOf(name, entry.name) }))
    .filter(({ spread }) => spread >= 0)
    .sort((a, b) => a.spread - b.spread)
    .map(({ entry }) => entry);
}

/** How far the letters lie apart in the name, -1 when they are not in it. */
function spreadOf(text: string, name: string): number {
  // A text that was pasted by mistake may be long, and comes key by key.
  if (text.length > name.length) return -1;
  let at = -1;
  let first = 0;
  for (const [i, char] of [...text].entries()) {
    at = name.indexOf(char, at + 1);
    if (at < 0) return -1;
    if (i === 0) first = at;
  }
  return text === '' ? 0 : first + (at - first - (text.length - 1));
}

/** What a key in the palette leads to. */
export interface PaletteStep {
  readonly overlay: Overlay;
  readonly chosen?: PaletteEntry | undefined;
  /** What was typed behind the name. */
  readonly argument?: string;
}

/** The palette after a key, and what was chosen. */
export function updatePalette(
  app: AppState,
  key: KeyName,
  screens: ReadonlyMap<string, Screen>,
): PaletteStep {
  const { overlay, size } = app;
  if (overlay.type !== 'palette' || key === 'escape') return { overlay: { type: 'none' } };
  const found = matches(paletteEntries(topOf(app).screen, screens), overlay.text);
  if (key === 'enter') {
    const space = overlay.text.indexOf(' ');
    const argument = space < 0 ? '' : overlay.text.slice(space + 1);
    return { overlay: { type: 'none' }, chosen: found[overlay.list.cursor], argument };
  }
  if (key === 'backspace') {
    return { overlay: { ...overlay, text: [...overlay.text].slice(0, -1).join(''), list: LIST_START } };
  }
  if ([...key].length === 1) {
    return { overlay: { ...overlay, text: overlay.text + key, list: LIST_START } };
  }
  const list = moveList(overlay.list, key, found.length, paletteRows(size.height)) ?? overlay.list;
  return { overlay: { ...overlay, list } };
}

/** Rows of entries: without breadcrumbs, what is typed, and the bottom line. */
function paletteRows(height: number): number {
  return Math.max(1, height - 3);
}

/** The palette as lines. */
export function paletteLines(app: AppState, screens: ReadonlyMap<string, Screen>): readonly Line[] {
  const { overlay, size } = app;
  if (overlay.type !== 'palette') return [];
  const { text, list } = overlay;
  const found = matches(paletteEntries(topOf(app).screen, screens), text);
  const rows = found.slice(list.top, list.top + paletteRows(size.height)).map(
    ({ name, does }, i): Line => ({
      spans: [{ text: `  ${name.padEnd(14)}`, role: 'key' }, { text: does }],
      selected: list.top + i === list.cursor,
    }),
  );
  return [line(`:${text}▏`, 'strong'), ...rows];
}
