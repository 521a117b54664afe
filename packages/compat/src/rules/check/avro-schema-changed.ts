import type { CheckRule } from './check-rule.js';

/** An Avro schema that changed and still fits. */
export const AVRO_SCHEMA_CHANGED: CheckRule = {
  row: {
    id: 'avro-schema-changed',
    purpose: 'an Avro schema that changed and still fits',
    level: 'evolve',
    severity: 'note',
    since: '0.1.0',
    docs: {
      what: 'The two Avro schemas differ, and a reader with the new one can read what was written with the old one. The state is compatible after migration.',
      harm: 'None, if the values are of generated classes: they are read with both schemas.',
      remedy: 'Nothing has to be done.',
    },
  },
  next: () => 'nothing has to be done',
};
