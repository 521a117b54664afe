import { SAME, single } from '../comparison.js';
import { isEnum } from '../snapshot-kinds.js';
import { changed } from './changed.js';
import { type Family, family } from './family.js';

/**
 * The old order of constants is kept and new ones come after it; a constant that is gone stops Flink before it asks, see
 * reading.ts. Follows `EnumSerializer.EnumSerializerSnapshot#resolveSchemaCompatibility`, Flink 1.20 and 2.3.
 */
export const ENUM_FAMILY: Family = family({
  is: isEnum,
  resolve(pair) {
    const { old, now, path } = pair;
    if (!isEnum(old)) return changed(pair);
    if (old.enumClass !== now.enumClass) {
      const reason = `the enum was ${old.enumClass}, but the new job has ${now.enumClass}`;
      return single({ path, code: 'enum-class-changed', verdict: 'INCOMPATIBLE', reason }, old, now);
    }
    const isPrefix = old.constants.every((constant, i) => now.constants[i] === constant);
    if (isPrefix && old.constants.length === now.constants.length) return SAME;
    const added = now.constants.filter((constant) => !old.constants.includes(constant));
    const told = { path, verdict: 'WITH_RECONFIGURED_SERIALIZER' } as const;
    if (isPrefix) {
      const reason = `the enum ${now.enumClass} got ${added.join(', ')} after its old constants`;
      return single({ ...told, code: 'enum-constants-appended', reason }, old, now);
    }
    const reason = `the constants of ${now.enumClass} were ${old.constants.join(', ')} and are ${now.constants.join(', ')}; the old order is kept for the state`;
    return single({ ...told, code: 'enum-constants-reordered', reason }, old, now);
  },
});
