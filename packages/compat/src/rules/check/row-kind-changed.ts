import type { CheckRule } from './check-rule.js';

/** Rows that store their kind now, or no longer do. */
export const ROW_KIND_CHANGED: CheckRule = {
  row: {
    id: 'row-kind-changed',
    purpose: 'rows that store their kind now, or no longer do',
    level: 'evolve',
    severity: 'note',
    since: '0.1.0',
    docs: {
      what: 'The two `RowSerializer`s differ in whether they store the kind of a row (insert, update, delete). The state is compatible after migration.',
      harm: 'None.',
      remedy: 'Nothing has to be done.',
    },
  },
  next: () => 'nothing has to be done',
};
