import type { CheckRule } from './check-rule.js';

/** Columns of SQL state that changed. */
export const ROW_TYPE_CHANGED: CheckRule = {
  row: {
    id: 'row-type-changed',
    purpose: 'columns of SQL state whose types changed',
    level: 'restore',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: 'State of SQL and Table programs holds rows whose column types are compared in full: types, precision, nullability and their number. Adding a column, making one nullable, or another precision of a decimal or timestamp is a change.',
      harm: 'Flink refuses to restore the operator: the job fails, and restarts and fails again.',
      remedy:
        'State of SQL cannot change its rows. Start the query anew, and fill its state from the sources; or keep the old columns by pinning the plan with `COMPILE PLAN`.',
    },
  },
  next: () => 'keep the columns, for example with COMPILE PLAN, or start the query without its state',
};
