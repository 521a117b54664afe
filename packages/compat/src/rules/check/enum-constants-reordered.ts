import type { SerializerSnapshot } from '@statewright/serializers';
import { isKryo } from '../../resolve/snapshot-kinds.js';
import { type CheckRule, MISREAD } from './check-rule.js';

/** Constants of an enum in another order. */
export const ENUM_CONSTANTS_REORDERED: CheckRule = {
  row: {
    id: 'enum-constants-reordered',
    purpose: 'constants of an enum in another order',
    level: 'data',
    severity: 'warning',
    since: '0.1.0',
    docs: {
      what: '`EnumSerializer` stores the place of a constant, keeps the old order for the state and adds new constants after it: compatible with a reconfigured serializer, and right. Kryo stores the place too, and keeps nothing.',
      harm: 'Enums with a serializer of their own keep their meaning. The same enum inside a value that Kryo wrote changes its meaning without a word.',
      remedy:
        'Append constants at the end. Where Kryo writes a part of the same state, the finding is an error: it may hold the enum. If Kryo writes this enum anywhere in the job, put the constants back in their old order.',
    },
  },
  accepted: ({ place }) => (hasKryo(place.old) ? MISREAD : undefined),
  next: () => 'append constants at the end; where Kryo writes this enum, its old values change their meaning',
};

/** Kryo writes a part of the state: nobody can tell whether the enum is in it. */
function hasKryo(snapshot: SerializerSnapshot): boolean {
  return isKryo(snapshot) || snapshot.nested.some(hasKryo);
}
