import { SAME, single } from '../comparison.js';
import { serializerName } from '../names.js';
import { isSimple, JAVA_SERIALIZER } from '../snapshot-kinds.js';
import { changed } from './changed.js';
import { type Family, family } from './family.js';

/**
 * The same serializer, or none. Every snapshot class of this kind makes one serializer class of its own, so that the
 * snapshot classes can stand for them. Follows `SimpleTypeSerializerSnapshot#resolveSchemaCompatibility`, Flink 1.20
 * and 2.3.
 */
export const SIMPLE_FAMILY: Family = family({
  is: (now): now is typeof now => isSimple(now),
  resolve(pair) {
    const { old, now, path } = pair;
    if (!isSimple(old) || old.className !== now.className) return changed(pair);
    if (now.className !== JAVA_SERIALIZER) return SAME;
    const reason = `${serializerName(now)} writes Java objects, and no snapshot tells whether their classes still read them`;
    const told = { path, code: 'custom-cannot-tell', verdict: 'AS_IS', reason } as const;
    return single({ ...told, bytes: 'unknown', objects: 'unknown' }, old, now);
  },
});
