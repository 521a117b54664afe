import { compareAvro } from '../../avro/compare-avro.js';
import { isAvro } from '../snapshot-kinds.js';
import { changed } from './changed.js';
import { type Family, family } from './family.js';

/** Reader and writer schema. Follows `AvroSerializerSnapshot#resolveSchemaCompatibility`, Flink 1.20 and 2.3. */
export const AVRO_FAMILY: Family = family({
  is: isAvro,
  resolve(pair) {
    const { old, now, path, world } = pair;
    if (!isAvro(old)) return changed(pair);
    const compared = compareAvro(old, now, world.target);
    const remarks = compared.remarks.map((said) => ({ ...said, path: [...path, ...said.path] }));
    return { ...compared, remarks };
  },
});
