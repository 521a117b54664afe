import type { CheckRule } from './check-rule.js';

/** A subclass of a POJO that Flink does not compare. */
export const POJO_SUBCLASS_UNREGISTERED: CheckRule = {
  row: {
    id: 'pojo-subclass-unregistered',
    purpose: 'a subclass of a POJO that Flink does not compare',
    level: 'data',
    severity: 'warning',
    since: '0.1.0',
    docs: {
      what: 'Values of a subclass that is not registered are in the state. Flink never compares the serializers of such subclasses: the POJO is always compatible with a reconfigured serializer.',
      harm: 'A field added to or removed from the subclass reads well. A field of another type, or a class that is no longer a subclass, is accepted and then fails when a value is read.',
      remedy:
        'Register the subclasses with `registerPojoType` (`pipeline.serialization-config` since 2.0) in a fixed order, or use one class without subclasses.',
    },
  },
  next: () => 'compare the subclass with its old version yourself: Flink does not',
};
