import { splitReadable } from '@statewright/inspect';
import type { StateEntry } from '@statewright/savepoint';
import { type Spot, type StateName, sectionsOf, stateOf } from '../../data/place.js';
import { entryAt } from '../../data/read-rows.js';
import type { Effect, ScreenContext } from '../../screen.js';

/** Which entry. */
export interface EntryArgs extends StateName {
  readonly spot: Spot;
  /** The key as it was listed, not escaped. */
  readonly title: string;
}

/** What loading brings: the entry as it is, not masked; undefined when there is none at that spot. */
export interface Loaded {
  readonly type: 'loaded';
  readonly entry: StateEntry | undefined;
  /** Part of a map only: it has more entries than are loaded. */
  readonly cut: boolean;
}

/** Entries of one map that are loaded, at most. */
export const MOST_ENTRIES = 1 << 18;

/** Reads the entry at a spot. */
export function loadEntry(args: EntryArgs, { session }: ScreenContext): Effect<Loaded> {
  return {
    label: 'reading the value',
    slot: 'value',
    async run(signal) {
      const state = stateOf(session, args)!;
      if (splitReadable([state]).readable.length === 0)
        return { type: 'loaded', entry: undefined, cut: false };
      const source = { session, state, sections: sectionsOf(state), filters: [], signal };
      const entry = await entryAt(source, args.spot, MOST_ENTRIES);
      return { type: 'loaded', entry, cut: countOf(entry) === MOST_ENTRIES };
    },
  };
}

function countOf(entry: StateEntry | undefined): number {
  const entries = (entry?.value as { readonly entries?: readonly unknown[] } | null | undefined)?.entries;
  return entries?.length ?? 0;
}
