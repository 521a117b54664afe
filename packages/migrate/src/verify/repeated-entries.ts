import { type Span, StatewrightError } from '@statewright/bytes';
import { addressOf } from '@statewright/inspect';
import type { State, StateEntry } from '@statewright/savepoint';
import { MapValue, Opaque } from '@statewright/serializers';

/** Entries of a state in a key group that are compared, at most: so much memory is taken and no more. */
const MOST_KEYS = 1_000_000;

/**
 * Finds entries that a state has twice under one key and namespace in a key group. Entries of a state lie together in a key
 * group, so that only those need to be remembered.
 */
export class RepeatedEntries {
  private state: State | undefined;
  private keyGroup: number | undefined;
  private seen = new Set<unknown>();
  /** States that had a key group too large to be compared, or keys that nothing tells apart. */
  readonly notCompared = new Map<State, string>();

  /** Throws BAD_VALUE when an entry is there for the second time. */
  add(entry: StateEntry): void {
    const { state, keyGroup, continues } = entry;
    if (keyGroup === undefined || continues === true) return;
    if (state !== this.state || keyGroup !== this.keyGroup) {
      this.state = state;
      this.keyGroup = keyGroup;
      this.seen = new Set();
    }
    const key = identityOf(entry);
    if (key !== undefined && this.seen.has(key)) throw repeated(entry, 'an entry of that key and namespace');
    if (key === undefined) this.giveUp(state, 'its keys are opaque');
    else if (this.seen.size < MOST_KEYS) this.seen.add(key);
    else this.giveUp(state, `more than ${MOST_KEYS} keys in one key group were not compared with each other`);
    if (entry.value instanceof MapValue) expectDistinct(entry, entry.value);
  }

  private giveUp(state: State, why: string): void {
    if (!this.notCompared.has(state)) this.notCompared.set(state, why);
  }
}

function expectDistinct(entry: StateEntry, { entries }: MapValue): void {
  if (entries.length < 2) return;
  const keys = new Set<unknown>();
  for (const [key] of entries) {
    if (typeof key === 'object') return;
    if (keys.has(key)) throw repeated(entry, 'a map entry of that key');
    keys.add(key);
  }
}

/** What tells an entry of a state from the others; undefined where a part of it is opaque. */
function identityOf({ state, key, namespace, value }: StateEntry): unknown {
  const isPlain = typeof key !== 'object' && (namespace === null || namespace === undefined);
  if (state.kind !== 'timer' && isPlain) return key;
  return textOf([key, namespace, state.kind === 'timer' ? value : null]);
}

function textOf(value: unknown): string | undefined {
  let isOpaque = false;
  const text = JSON.stringify(value, (_, part: unknown) => {
    if (part instanceof Opaque) isOpaque = true;
    if (typeof part === 'bigint') return `${part}n`;
    if (part instanceof Map || part instanceof Set) return [...part];
    return part;
  });
  return isOpaque ? undefined : text;
}

function repeated({ state, span, keyGroup }: StateEntry, what: string): StatewrightError {
  const at: Span = span;
  const reason = `state ${JSON.stringify(addressOf(state))} has ${what} twice in key group ${keyGroup}`;
  return new StatewrightError('BAD_VALUE', { span: at, kind: 'entry', reason });
}
