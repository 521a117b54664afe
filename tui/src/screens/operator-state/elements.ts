import { readEntries, type StateEntry } from '@statewright/savepoint';
import { MapValue } from '@statewright/serializers';
import type { TreeItem } from '../../components/tree/tree.js';
import { breather } from '../../data/breather.js';
import { keyText } from '../../data/key-row.js';
import type { Mask } from '../../data/mask.js';
import { type StateName, stateOf } from '../../data/place.js';
import { valueItem } from '../../data/value-item.js';
import type { Effect, ScreenContext } from '../../screen.js';

/** An element of a list, or an entry of a broadcast map. */
export interface Element {
  /** Where it is: its subtask, and its position or its key. */
  readonly label: string;
  readonly value: unknown;
}

/** Elements as far as they have been read. */
export interface Elements {
  /** At most `MOST_ELEMENTS`. */
  readonly list: readonly Element[];
  readonly count: number;
  /** Subtasks that hold any. */
  readonly subtasks: number;
  readonly done: boolean;
}

/** Elements that are kept. */
export const MOST_ELEMENTS = 10_000;
const KEY_CHARS = 120;
/** Entries of a broadcast map that are read together. */
const MAP_PART = 4096;

/** Reads an operator state, subtask by subtask. */
export function readElements(name: StateName, { session }: ScreenContext): Effect<Elements> {
  return {
    label: 'reading elements',
    async run(signal) {
      const state = stateOf(session, name)!;
      const breathe = breather(signal);
      const list: Element[] = [];
      const subtasks = new Set<number>();
      let count = 0;
      for await (const batch of readEntries(session.savepoint, [state], { maxMapEntries: MAP_PART })) {
        for (const entry of batch) {
          subtasks.add(entry.subtask);
          for (const element of elementsOf(entry, session.mask)) {
            if (list.length < MOST_ELEMENTS) list.push(element);
            count++;
          }
          await breathe();
        }
      }
      return { list, count, subtasks: subtasks.size, done: true };
    },
  };
}

function* elementsOf(entry: StateEntry, mask: Mask): Iterable<Element> {
  const value = mask.apply('value', entry.value);
  const at = `subtask ${entry.subtask}`;
  if (value instanceof MapValue) {
    for (const [key, own] of value.entries)
      yield { label: `${at} ${keyText(mask.apply('key', key), KEY_CHARS)}`, value: own };
  } else if (Array.isArray(value)) {
    for (const [i, own] of value.entries()) yield { label: `${at} [${i}]`, value: own };
  } else yield { label: at, value };
}

/** The elements as a tree. */
export function elementItems({ list }: Elements): readonly TreeItem[] {
  return list.map(({ label, value }) => valueItem(label, value));
}
