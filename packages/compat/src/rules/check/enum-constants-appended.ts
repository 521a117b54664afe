import type { CheckRule } from './check-rule.js';

/** Constants at the end of an enum. */
export const ENUM_CONSTANTS_APPENDED: CheckRule = {
  row: {
    id: 'enum-constants-appended',
    purpose: 'constants at the end of an enum',
    level: 'evolve',
    severity: 'note',
    since: '0.1.0',
    docs: {
      what: '`EnumSerializer` keeps the old constants in their order and adds the new ones after them: compatible with a reconfigured serializer.',
      harm: 'None.',
      remedy: 'Nothing has to be done.',
    },
  },
  next: () => 'nothing has to be done',
};
