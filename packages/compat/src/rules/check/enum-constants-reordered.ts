import type { CheckRule } from './check-rule.js';

/** Constants of an enum in another order. */
export const ENUM_CONSTANTS_REORDERED: CheckRule = {
  row: {
    id: 'enum-constants-reordered',
    purpose: 'constants of an enum in another order',
    level: 'data',
    severity: 'warning',
    since: '0.1.0',
    docs: {
      what: '`EnumSerializer` stores the place of a constant, keeps the old order for the state and adds new constants after it: compatible with a reconfigured serializer, and right. Kryo stores the place too, and keeps nothing.',
      harm: 'Enums with a serializer of their own keep their meaning. The same enum inside a value that Kryo wrote changes its meaning without a word.',
      remedy:
        'Append constants at the end. If Kryo writes this enum anywhere in the job, put the constants back in their old order.',
    },
  },
  next: () => 'append constants at the end; where Kryo writes this enum, its old values change their meaning',
};
