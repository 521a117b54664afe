import type { CheckRule } from './check-rule.js';

/** A field of a POJO that another class declares now. */
export const POJO_FIELD_MOVED: CheckRule = {
  row: {
    id: 'pojo-field-moved',
    purpose: 'a field of a POJO that another class declares now',
    level: 'data',
    severity: 'note',
    since: '0.1.0',
    docs: {
      what: "A field moved up or down the class hierarchy, or the snapshot has the fields in another order. Flink looks for a field in the class that declared it, then in that class's superclasses: moved up it is found, moved down it counts as removed and added.",
      harm: 'Found, nothing happens. Not found, the old values are dropped and the field starts with its default, without a word.',
      remedy:
        'Leave the field where it was declared. To move it down, copy its values into a new field first.',
    },
  },
  next: () => 'declare the field where it was declared before',
};
