import { single } from '../comparison.js';
import { serializerName } from '../names.js';
import { isGenericType } from '../snapshot-kinds.js';
import { changed } from './changed.js';
import { type Family, family } from './family.js';

/**
 * `Value`, `CopyableValue` and `Writable`: the same class, or none; how it writes itself nobody sees. Follows
 * `GenericTypeSerializerSnapshot#resolveSchemaCompatibility`, Flink 1.20 and 2.3.
 */
export const GENERIC_TYPE_FAMILY: Family = family({
  is: isGenericType,
  resolve(pair) {
    const { old, now, path } = pair;
    if (!isGenericType(old) || old.className !== now.className) return changed(pair);
    if (old.typeClass !== now.typeClass) {
      const reason = `the class was ${old.typeClass}, but the new job has ${now.typeClass}`;
      return single({ path, code: 'class-changed', verdict: 'INCOMPATIBLE', reason }, old, now);
    }
    const reason = `${serializerName(now)} lets the class write itself, and no snapshot tells whether it still reads what it wrote`;
    const told = { path, code: 'custom-cannot-tell', verdict: 'AS_IS', reason } as const;
    return single({ ...told, bytes: 'unknown', objects: 'unknown' }, old, now);
  },
});
