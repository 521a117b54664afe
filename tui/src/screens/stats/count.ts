import { type StateStats, statsView, type Unreadable } from '@statewright/inspect';
import { breather } from '../../data/breather.js';
import type { Mask } from '../../data/mask.js';
import type { Effect, ScreenContext } from '../../screen.js';

/** Statistics as far as they go. */
export interface Counted {
  readonly states: readonly StateStats[];
  /** What cannot be counted. */
  readonly unread: readonly Unreadable[];
  /** Of the bytes, from 0 to 1: 1 when all is counted. */
  readonly share: number;
}

/** Bytes of a state's keys and values. */
export function bytesOf({ keyBytes, valueBytes }: StateStats): number {
  return (keyBytes?.total ?? 0) + (valueBytes?.total ?? 0);
}

/** Entries of a keyed state, elements of an operator's. */
export function entriesOf({ entries, elements }: StateStats): number {
  return entries ?? elements ?? 0;
}

/** Entries listed as the largest. */
const TOP = 10;
/** Milliseconds between two reports. */
const BETWEEN = 300;

/** Counts the states of an operator, or all, and tells now and then how far it is. */
export function countStates(operator: string | undefined, { session }: ScreenContext): Effect<Counted> {
  return {
    label: 'counting',
    slot: 'count',
    async run(signal, report) {
      const { savepoint, path, describe, mask, ttlMillis } = session;
      const operators = savepoint.operators.filter(({ id }) => operator === undefined || id === operator);
      const breathe = breather(signal);
      let share = 0;
      // The first rows come as soon as anything is counted.
      let told = Number.NEGATIVE_INFINITY;
      const view = await statsView(
        savepoint,
        path,
        operators.flatMap(({ states }) => states),
        describe,
        {
          values: true,
          top: TOP,
          atMillis: session.now(),
          ttlMillis,
          histograms: true,
          operators,
          progress: (done, total) => {
            share = Math.min(0.99, done / total);
          },
          pause: async (soFar) => {
            await breathe();
            if (performance.now() - told < BETWEEN) return;
            report({ states: masked(soFar(), mask), unread: [], share });
            told = performance.now();
          },
        },
      );
      return { states: masked(view.states, mask), unread: view.unread, share: 1 };
    },
  };
}

function masked(states: readonly StateStats[], mask: Mask): readonly StateStats[] {
  if (mask.off) return states;
  return states.map((state) => ({
    ...state,
    topKeys: state.topKeys.map((top) => maskedTop(top, mask)),
    largest: state.largest.map((top) => maskedTop(top, mask)),
  }));
}

function maskedTop<T extends { readonly key: unknown; readonly namespace: unknown }>(top: T, mask: Mask): T {
  return { ...top, key: mask.apply('key', top.key), namespace: mask.apply('namespace', top.namespace) };
}
