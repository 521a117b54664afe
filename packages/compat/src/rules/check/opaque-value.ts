import type { CheckRule } from './check-rule.js';

/** Values that no snapshot describes. */
export const OPAQUE_VALUE: CheckRule = {
  row: {
    id: 'opaque-value',
    purpose: 'values that no snapshot describes',
    level: 'data',
    severity: 'warning',
    since: '0.1.0',
    docs: {
      what: 'Kryo, Java serialization, `Value` or `Writable` write the values: the snapshot holds the name of a class and nothing of its fields. Flink accepts the state as long as the name is the same.',
      harm: 'Nobody can tell from the outside whether the class still reads what it wrote. A field added to it is accepted by Flink and breaks when the first value is read; enum constants in another order change the values silently.',
      remedy:
        'Do not change such a class, and go over to a POJO, Avro or a serializer of your own in a state of another name. `lint` lists what Kryo writes.',
    },
  },
  next: () => 'do not change the class, and compare it with its old version yourself: Flink does not',
};
