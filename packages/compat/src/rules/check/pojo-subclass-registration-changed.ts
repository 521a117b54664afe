import type { CheckRule } from './check-rule.js';

/** Subclasses of a POJO that are registered otherwise. */
export const POJO_SUBCLASS_REGISTRATION_CHANGED: CheckRule = {
  row: {
    id: 'pojo-subclass-registration-changed',
    purpose: 'subclasses of a POJO that are registered otherwise',
    level: 'evolve',
    severity: 'note',
    since: '0.1.0',
    docs: {
      what: '`PojoSerializer` gives registered subclasses numbers. The registrations differ between the two jobs; Flink rebuilds the serializer so that the old numbers keep their meaning.',
      harm: 'None for the values. The registration of the new job does not decide the numbers any more.',
      remedy: 'Nothing has to be done. Keep registrations in one order, and append.',
    },
  },
  next: () => 'nothing has to be done; append registrations at the end',
};
