import type { SerializerSnapshot } from '@statewright/serializers';
import type { Answer } from '../verdict.js';
import { worst } from './comparison.js';
import { isGenericType, isKnown, isKryo, isSimple, JAVA_SERIALIZER } from './snapshot-kinds.js';

/**
 * Whether the restored old serializer reads what it wrote: `unknown` where classes of the job write themselves, because
 * nothing in a snapshot tells whether they still write the same.
 */
export function readsItself(old: SerializerSnapshot): Answer {
  if (!isKnown(old) || isKryo(old) || isGenericType(old)) return 'unknown';
  if (isSimple(old)) return old.className === JAVA_SERIALIZER ? 'unknown' : 'yes';
  return worst(old.nested.map(readsItself));
}
