import { SAME, single } from '../comparison.js';
import { isAvro } from '../snapshot-kinds.js';
import { changed } from './changed.js';
import { type Family, family } from './family.js';

/** Reader and writer schema. Follows `AvroSerializerSnapshot#resolveSchemaCompatibility`, Flink 1.20 and 2.3. */
export const AVRO_FAMILY: Family = family({
  is: isAvro,
  resolve(pair) {
    const { old, now, path } = pair;
    if (!isAvro(old)) return changed(pair);
    if (old.schemaText === now.schemaText) return SAME;
    const reason = 'the Avro schema has changed';
    return single({ path, code: 'avro-schema-changed', verdict: 'UNKNOWN', reason }, old, now);
  },
});
