import { addressOf, splitReadable, type Unreadable } from '@statewright/inspect';
import { readEntries, type StateEntry } from '@statewright/savepoint';
import { breather } from '../../data/breather.js';
import { keyText } from '../../data/key-row.js';
import type { Mask } from '../../data/mask.js';
import { previewOf } from '../../data/preview.js';
import type { Effect, ScreenContext } from '../../screen.js';

/** A timer as texts of bounded length, not yet escaped for the terminal. */
export interface DueTimer {
  readonly dueMillis: bigint;
  readonly key: string;
  /** Empty for VoidNamespace. */
  readonly namespace: string;
  readonly address: string;
}

/** Timers as far as they have been read. */
export interface Timers {
  /** Those that are due first, at most `MOST_TIMERS`. */
  readonly first: readonly DueTimer[];
  readonly count: number;
  readonly unread: readonly Unreadable[];
  readonly done: boolean;
}

/** Timers that are kept. */
export const MOST_TIMERS = 1000;
const CHARS = 120;
/** Milliseconds between two reports. */
const BETWEEN = 300;

/** Reads all timers once and keeps those that are due first. */
export function readTimers({ session }: ScreenContext): Effect<Timers> {
  return {
    label: 'reading timers',
    async run(signal, report) {
      const { savepoint, mask } = session;
      const queues = savepoint.operators.flatMap(({ states }) =>
        states.filter(({ kind }) => kind === 'timer'),
      );
      const { readable, unreadable } = splitReadable(queues);
      const breathe = breather(signal);
      const first = new FirstDue();
      let told = performance.now();
      for await (const batch of readEntries(savepoint, readable)) {
        for (const entry of batch) first.add(entry, mask);
        await breathe();
        if (performance.now() - told < BETWEEN) continue;
        report({ first: first.list(), count: first.count, unread: unreadable, done: false });
        told = performance.now();
      }
      return { first: first.list(), count: first.count, unread: unreadable, done: true };
    },
  };
}

/** The timers that are due first, in constant memory. */
class FirstDue {
  private kept: DueTimer[] = [];
  private latest: bigint | undefined;
  count = 0;

  add(entry: StateEntry, mask: Mask): void {
    const dueMillis = entry.value as bigint;
    this.count++;
    if (this.latest !== undefined && dueMillis >= this.latest) return;
    this.kept.push(timerOf(entry, dueMillis, mask));
    // Sorted now and then, so that a timer costs little.
    if (this.kept.length < 2 * MOST_TIMERS) return;
    this.kept = this.list();
    this.latest = this.kept.at(-1)!.dueMillis;
  }

  list(): DueTimer[] {
    const sorted = [...this.kept].sort((a, b) => Number(a.dueMillis - b.dueMillis));
    return sorted.slice(0, MOST_TIMERS);
  }
}

function timerOf({ key, namespace, state }: StateEntry, dueMillis: bigint, mask: Mask): DueTimer {
  const own = namespace === null || namespace === undefined ? undefined : mask.apply('namespace', namespace);
  return {
    dueMillis,
    key: keyText(mask.apply('key', key), CHARS),
    namespace: own === undefined ? '' : previewOf(own, CHARS),
    address: addressOf(state),
  };
}
