import type { StateEntry } from '@statewright/savepoint';
import { MapValue, toJson } from '@statewright/serializers';
import { Counter } from './counts.js';
import type { EntryChange } from './diff-views.js';
import { type ChangeHead, changeHead, entryChange } from './entry-change.js';
import { addFieldChanges, noFieldChanges, type SideTypes } from './field-changes.js';
import type { StatePair } from './pair-states.js';
import type { Side } from './sorted-sides.js';

/** By the JSON of a key, the JSON of the values that subtasks have under it: one, unless their copies differ. */
type Copies = Map<string, Set<string>>;

/**
 * Compares broadcast state. Every subtask holds a copy, and copies that are alike count once; where those of one side
 * differ, each value is an entry. One copy is held in memory, as Flink does.
 */
export class BroadcastDiffer {
  readonly counts = new Counter();
  leftOut = 0;
  private readonly head: ChangeHead;
  private readonly copies: { readonly [side in Side]: Copies } = { old: new Map(), new: new Map() };

  constructor(
    pair: StatePair,
    private readonly types: SideTypes,
    private readonly limit: number,
  ) {
    this.head = changeHead(pair);
  }

  take(side: Side, { value }: StateEntry): void {
    const entries: readonly (readonly [unknown, unknown])[] =
      value instanceof MapValue ? value.entries : [[null, value]];
    for (const [key, element] of entries) {
      const text = toJson(key);
      const values = this.copies[side].get(text);
      if (values === undefined) this.copies[side].set(text, new Set([toJson(element)]));
      else values.add(toJson(element));
    }
  }

  /** The changes that are listed, by the JSON of their keys. */
  changes(): EntryChange[] {
    const { old, new: now } = this.copies;
    const keys = [...new Set([...old.keys(), ...now.keys()])].sort();
    const all = keys.flatMap((key) =>
      this.changesUnder(key, [...(old.get(key) ?? [])], [...(now.get(key) ?? [])]),
    );
    this.leftOut = Math.max(0, all.length - this.limit);
    return all.slice(0, this.limit);
  }

  private changesUnder(key: string, old: readonly string[], now: readonly string[]): EntryChange[] {
    const removed = old.filter((text) => !now.includes(text)).sort();
    const added = now.filter((text) => !old.includes(text)).sort();
    this.counts.unchanged += old.length - removed.length;
    const changes: EntryChange[] = [];
    for (let i = 0; i < Math.max(removed.length, added.length); i++) {
      const change = this.changeOf(key, removed[i], added[i]);
      if (change !== undefined) changes.push(change);
    }
    return changes;
  }

  private changeOf(key: string, old: string | undefined, now: string | undefined): EntryChange | undefined {
    const place = { keyGroup: null, oldKeyGroup: null, key: JSON.parse(key), namespace: null };
    const [before, after] = [old, now].map((text) =>
      text === undefined ? undefined : { json: JSON.parse(text) },
    );
    const into = noFieldChanges();
    if (before !== undefined && after !== undefined) {
      addFieldChanges('value', before.json, after.json, this.types, into);
      if (into.fields.length === 0) {
        this.counts.addBoth(into.unknown > 0 ? 'unknown' : 'unchanged');
        return undefined;
      }
    }
    const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
    this.counts[change]++;
    return entryChange(this.head, change, place, { old: before, new: after }, into.fields, into.leftOut);
  }
}
