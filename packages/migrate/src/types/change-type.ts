import { StatewrightError } from '@statewright/bytes';
import type { SerializerSnapshot } from '@statewright/serializers';
import { familyOf, superclassesIn } from './families.js';
import {
  andThen,
  isUnchanged,
  openSafely,
  type TypeChange,
  type TypeRule,
  unchanged,
} from './type-change.js';

/**
 * Applies a rule to every node of a serializer tree, from the leaves up, and puts together again what is around the nodes
 * that change. NOT_SUPPORTED for a change inside a serializer that cannot be put together.
 */
export function changeType(
  snapshot: SerializerSnapshot,
  rule: TypeRule,
  superclasses: readonly string[] = [],
): TypeChange {
  if ('unreadable' in snapshot) return unchanged(snapshot);
  const above = superclassesIn(snapshot, superclasses);
  const children = snapshot.nested.map((child, i) => changeType(child, rule, above[i]));
  const still = children.every((child, i) => isUnchanged(child, snapshot.nested[i]!));
  const around = still ? unchanged(snapshot) : putTogether(snapshot, children);
  const own = rule(around.snapshot, superclasses);
  return own === undefined ? around : andThen(around, own);
}

function putTogether(snapshot: SerializerSnapshot, children: readonly TypeChange[]): TypeChange {
  const family = familyOf(snapshot);
  if (family.refuses !== undefined) {
    throw cannotChange(snapshot, `a type inside cannot change, since ${family.refuses}`);
  }
  const nested = children.map((child) => child.snapshot);
  const now = family.rebuild?.(snapshot, nested) ?? { ...snapshot, nested };
  if (children.every(({ open }) => open === undefined)) return unchanged(now);
  const { convert } = family;
  if (convert === undefined) {
    throw cannotChange(snapshot, 'values of this serializer cannot be put together again');
  }
  const opens = children.map((child, i) => openSafely(child, snapshot.nested[i]!));
  return {
    snapshot: now,
    open: (report) =>
      convert(
        opens.map((open) => open?.(report)),
        snapshot,
      ),
    keepsBytes: children.every(({ keepsBytes }) => keepsBytes),
    onOpaque: sharedOpaque(children),
  };
}

/** Where all parts can do with bytes that could not be read, so can the whole. */
function sharedOpaque(children: readonly TypeChange[]): TypeChange['onOpaque'] {
  const changed = children.filter(({ open }) => open !== undefined);
  const [first, ...others] = new Set(changed.map(({ onOpaque }) => onOpaque));
  return others.length === 0 ? first : undefined;
}

function cannotChange({ className, span }: SerializerSnapshot, reason: string): StatewrightError {
  return new StatewrightError('NOT_SUPPORTED', { span, kind: className, reason });
}
