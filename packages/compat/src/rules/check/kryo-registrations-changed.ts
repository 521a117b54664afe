import type { CheckRule } from './check-rule.js';

/** Kryo registrations that differ. */
export const KRYO_REGISTRATIONS_CHANGED: CheckRule = {
  row: {
    id: 'kryo-registrations-changed',
    purpose: 'Kryo registrations that differ',
    level: 'data',
    severity: 'warning',
    since: '0.1.0',
    docs: {
      what: 'Classes were registered with Kryo that were not, or are no longer, or stand in another order, or have another serializer. Flink keeps the old numbers and does not compare the serializers.',
      harm: 'With another serializer for the same class the values are accepted and misread. Otherwise they read as before.',
      remedy: 'Append registrations and never change the serializer of one that is there.',
    },
  },
  next: () => 'append registrations only, and never change the serializer of one',
};
