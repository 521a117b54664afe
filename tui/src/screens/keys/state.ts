import { LIST_START, type ListState, scrollTo } from '../../components/list/state.js';
import type { KeyFilter } from '../../data/filter.js';
import type { KeyRow } from '../../data/key-row.js';
import type { Section, Spot, StateName } from '../../data/place.js';

/** What the list of keys is opened with. */
export interface KeysArgs extends StateName {
  /** Begin at this key group. */
  readonly keyGroup?: number;
}

/** Orders of the loaded rows. */
export const SORTS = ['file', 'key', 'value bytes', 'key bytes'] as const;

/** One of `SORTS`. */
export type Sort = (typeof SORTS)[number];

/** The list of keys: a window of loaded rows that moves over all there are. */
export interface KeysState {
  readonly args: KeysArgs;
  readonly sections: readonly Section[];
  /** Why no entries can be shown; undefined where they can. */
  readonly unreadable: string | undefined;
  /** In the order of the files. */
  readonly rows: readonly KeyRow[];
  /** Nothing is before the first and behind the last row. */
  readonly atStart: boolean;
  readonly atEnd: boolean;
  readonly list: ListState;
  readonly filters: readonly KeyFilter[];
  readonly sort: Sort;
  /** Whether rows are being read, and how many sections that went over. */
  readonly reading: { readonly towards: 'start' | 'end'; readonly done: number } | undefined;
  /** Number of the read whose rows are wanted: what older ones bring is dropped. */
  readonly request: number;
  /** Where a jump is to put the cursor. */
  readonly target: Spot | undefined;
}

/** Rows that are kept, at most. */
const WINDOW = 2048;
/** Rows that are read at once. */
export const CHUNK = 512;

/** What reading brings. */
export type KeysData =
  | {
      readonly type: 'rows';
      readonly request: number;
      readonly towards: 'start' | 'end';
      readonly rows: readonly KeyRow[];
      readonly done: number;
      readonly end: boolean;
    }
  | { readonly type: 'written'; readonly file: string; readonly lines: number }
  | { readonly type: 'read'; readonly request: number }
  | { readonly type: 'found'; readonly spot: Spot | undefined; readonly key: string };

/** The rows in the order in which they are shown. */
export function shownRows({ rows, sort }: KeysState): readonly KeyRow[] {
  if (sort === 'key') return [...rows].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  if (sort === 'value bytes') return [...rows].sort((a, b) => b.valueBytes - a.valueBytes);
  if (sort === 'key bytes') return [...rows].sort((a, b) => b.keyBytes - a.keyBytes);
  return rows;
}

/** The state with rows added at one end, and others dropped at the other. `height` rows are visible. */
export function withRows(
  state: KeysState,
  data: KeysData & { readonly type: 'rows' },
  height: number,
): KeysState {
  const grown = data.towards === 'end' ? appended(state, data) : prepended(state, data, height);
  return { ...grown, reading: { towards: data.towards, done: data.done } };
}

function appended(state: KeysState, { rows, end }: KeysData & { readonly type: 'rows' }): KeysState {
  const all = [...state.rows, ...rows];
  const dropped = Math.max(0, Math.min(all.length - WINDOW, state.list.top));
  return {
    ...state,
    rows: all.slice(dropped),
    atStart: state.atStart && dropped === 0,
    atEnd: end,
    list: { cursor: state.list.cursor - dropped, top: state.list.top - dropped },
  };
}

function prepended(
  state: KeysState,
  { rows, end }: KeysData & { readonly type: 'rows' },
  height: number,
): KeysState {
  const all = [...rows, ...state.rows];
  const { top, cursor } = state.list;
  const needed = top + rows.length + height;
  const kept = all.slice(0, Math.max(WINDOW, needed));
  return {
    ...state,
    rows: kept,
    atStart: end,
    atEnd: state.atEnd && kept.length === all.length,
    // Nothing was shown before: the last rows are where the person wants to be.
    list:
      state.rows.length === 0
        ? scrollTo(LIST_START, kept.length - 1, kept.length, height)
        : { cursor: cursor + rows.length, top: top + rows.length },
  };
}
