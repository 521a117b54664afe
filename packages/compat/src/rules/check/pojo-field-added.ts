import type { CheckRule } from './check-rule.js';

/** A field that a POJO did not have. */
export const POJO_FIELD_ADDED: CheckRule = {
  row: {
    id: 'pojo-field-added',
    purpose: 'a field that a POJO did not have',
    level: 'evolve',
    severity: 'note',
    since: '0.1.0',
    docs: {
      what: '`PojoSerializer` finds a field in the class that the snapshot does not have. The state is compatible after migration: RocksDB rewrites every entry when the job first asks for the state, the heap backend writes the new form with the next snapshot.',
      harm: 'Entries from before get the default of the class: null, 0, or what its constructor sets. Nothing is lost.',
      remedy:
        'Make sure that the job can work with the default for old entries. With RocksDB, plan time for the rewriting of a large state.',
    },
  },
  next: () => 'make sure that the default suits the entries that are there already',
};
