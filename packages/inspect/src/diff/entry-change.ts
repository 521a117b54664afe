import type { State } from '@statewright/savepoint';
import type { ChangeKind, EntryChange, FieldChange } from './diff-views.js';
import { namesOfPair, type StatePair } from './pair-states.js';

/** What all changes of one state begin with. */
export type ChangeHead = Pick<EntryChange, 'operatorId' | 'address' | 'kind'>;

/** The head of the changes of a pair; `side` for one whose kind is another one on the other side. */
export function changeHead(pair: StatePair, side: State = (pair.new ?? pair.old)!): ChangeHead {
  const { uid, name, id } = namesOfPair({ old: pair.old?.operator, new: pair.new?.operator });
  return { operatorId: id, address: `${uid ?? name ?? id}/${side.name}`, kind: side.kind };
}

/** Where an entry is: its key groups by side, its key and namespace as JSON. */
export interface EntryPlace {
  readonly keyGroup: number | null;
  readonly oldKeyGroup: number | null;
  readonly key: unknown;
  readonly namespace: unknown;
}

/** What an entry held before and holds now; a side that has none is undefined, and so are maps. */
export interface EntryValues {
  readonly old: { readonly json: unknown } | undefined;
  readonly new: { readonly json: unknown } | undefined;
}

/** Puts a change together, its fields in one order. */
export function entryChange(
  head: ChangeHead,
  change: ChangeKind,
  place: EntryPlace,
  values: EntryValues,
  fields: readonly FieldChange[],
  fieldsLeftOut: number,
): EntryChange {
  const moved = change === 'changed' && place.oldKeyGroup !== place.keyGroup;
  return {
    ...head,
    change,
    keyGroup: change === 'removed' ? place.oldKeyGroup : place.keyGroup,
    ...(moved && place.oldKeyGroup !== null ? { oldKeyGroup: place.oldKeyGroup } : {}),
    key: place.key,
    namespace: place.namespace,
    ...(values.old === undefined ? {} : { old: values.old.json }),
    ...(values.new === undefined ? {} : { new: values.new.json }),
    fields,
    fieldsLeftOut,
  };
}
