import type { StateEntry } from '@statewright/savepoint';
import { MapValue } from '@statewright/serializers';
import type { TreeItem } from '../../components/tree/tree.js';
import { timeText } from '../../data/key-row.js';
import { distanceText, lifeText } from '../../data/life.js';
import type { Session } from '../../data/session.js';
import { type ValueItem, valueItem } from '../../data/value-item.js';

/** The parts of an entry as trees, masked: key, namespace, value. */
export function entryItems(entry: StateEntry, session: Session): readonly ValueItem[] {
  const { mask } = session;
  const items = [valueItem('key', mask.apply('key', entry.key))];
  if (entry.namespace !== null && entry.namespace !== undefined) {
    items.push(valueItem('namespace', mask.apply('namespace', entry.namespace)));
  }
  const value = mask.apply('value', entry.value);
  if (entry.state.kind === 'timer' && typeof value === 'bigint') items.push(timerItem(value, session));
  else items.push(withLife(value, entry.ttl, session));
  return items;
}

function timerItem(millis: bigint, session: Session): ValueItem {
  const item = valueItem('fires at', millis, distanceText(millis, session.now()));
  return { ...item, text: () => [{ text: timeText(millis), role: 'number' }, ...item.text().slice(1)] };
}

/** The value with what remains of it: of the whole, or of each element or map entry. */
function withLife(value: unknown, ttl: StateEntry['ttl'], session: Session): ValueItem {
  const now = session.now();
  const life = (lastAccess: bigint): string => lifeText(lastAccess, session.ttlMillis, now);
  if (ttl === undefined) return valueItem('value', value);
  if (typeof ttl === 'bigint') return valueItem('value', value, life(ttl));
  const item = valueItem('value', value);
  if (!(Array.isArray(value) || value instanceof MapValue)) return item;
  return { ...item, child: (i) => noted(item.child(i), ttl[i] === undefined ? '' : life(ttl[i])) };
}

function noted(item: TreeItem, note: string): TreeItem {
  return note === '' ? item : { ...item, text: () => [...item.text(), { text: `  ${note}`, role: 'warn' }] };
}
