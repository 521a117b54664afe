import type { KeyName } from '../../keys/key.js';

/** Where the cursor is in a list, and which row is the first on the screen. */
export interface ListState {
  readonly cursor: number;
  readonly top: number;
}

/** At the first row. */
export const LIST_START: ListState = { cursor: 0, top: 0 };

/** The list after a key; undefined when the key means nothing to a list. `rows` are visible of `count`. */
export function moveList(list: ListState, key: KeyName, count: number, rows: number): ListState | undefined {
  const target = targetOf(list, key, count, rows);
  return target === undefined ? undefined : scrollTo(list, target, count, rows);
}

/** A screen's state with its list moved by a key; the very same state when the key means nothing to a list. */
export function withListMoved<S extends { readonly list: ListState }>(
  state: S,
  key: KeyName,
  count: number,
  rows: number,
): S {
  const list = moveList(state.list, key, count, rows);
  return list === undefined ? state : { ...state, list };
}

function targetOf({ cursor }: ListState, key: KeyName, count: number, rows: number): number | undefined {
  switch (key) {
    case 'up':
    case 'k':
      return cursor - 1;
    case 'down':
    case 'j':
      return cursor + 1;
    case 'pageup':
    case 'ctrl+b':
      return cursor - rows;
    case 'pagedown':
    case 'ctrl+f':
    case ' ':
      return cursor + rows;
    case 'home':
      return 0;
    case 'end':
    case 'G':
      return count - 1;
    default:
      return undefined;
  }
}

/** The list with the cursor at a row, scrolled as little as shows it. */
export function scrollTo(list: ListState, target: number, count: number, rows: number): ListState {
  const cursor = Math.max(0, Math.min(count - 1, target));
  const last = Math.max(0, count - rows);
  const top = Math.min(Math.max(Math.min(list.top, cursor), cursor - rows + 1), last);
  return { cursor, top: Math.max(0, top) };
}
