import type { CheckRule } from './check-rule.js';

/** An Avro schema that cannot read what the old one wrote. */
export const AVRO_INCOMPATIBLE: CheckRule = {
  row: {
    id: 'avro-incompatible',
    purpose: 'an Avro schema that cannot read what the old one wrote',
    level: 'restore',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: "Avro's own rules say that a reader with the new schema cannot read what was written with the old one: a field without a default was added, a type changed, an enum symbol or a branch of a union is gone, or a record has another name.",
      harm: 'Flink refuses to restore the operator: the job fails, and restarts and fails again.',
      remedy:
        "Give new fields a default, keep types within Avro's promotions, keep symbols and branches, and rename with `aliases`.",
    },
  },
  next: () => 'give the new field a default, or keep what was removed; rename with aliases',
};
