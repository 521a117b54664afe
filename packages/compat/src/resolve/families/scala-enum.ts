import { SAME, single } from '../comparison.js';
import { isScalaEnum } from '../snapshot-kinds.js';
import { changed } from './changed.js';
import { type Family, family } from './family.js';

/**
 * Every old constant must stand at the position that is its id, under its name. Follows
 * `ScalaEnumSerializerSnapshot#resolveSchemaCompatibility` of flink-scala, Flink 1.20.
 */
export const SCALA_ENUM_FAMILY: Family = family({
  is: isScalaEnum,
  resolve(pair) {
    const { old, now, path } = pair;
    if (!isScalaEnum(old)) return changed(pair);
    const told = { path, verdict: 'INCOMPATIBLE' } as const;
    if (old.enumClass !== now.enumClass) {
      const reason = `the enum was ${old.enumClass}, but the new job has ${now.enumClass}`;
      return single({ ...told, code: 'enum-class-changed', reason }, old, now);
    }
    const gone = old.constants.find(({ name, id }) => now.constants[id]?.name !== name);
    if (gone === undefined) return SAME;
    const found = now.constants[gone.id]?.name;
    const reason = `constant ${gone.name} of ${now.enumClass} had position ${gone.id}, where the new job has ${found ?? 'none'}`;
    const code = now.constants.some(({ name }) => name === gone.name)
      ? 'enum-constants-reordered'
      : 'enum-constant-removed';
    return single({ ...told, code, reason }, old, now);
  },
});
