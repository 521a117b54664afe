import type { CheckRule } from './check-rule.js';

/** Values that Kryo 2 wrote and Kryo 5 reads. */
export const KRYO_2_UNDER_KRYO_5: CheckRule = {
  row: {
    id: 'kryo-2-under-kryo-5',
    purpose: 'values that Kryo 2 wrote and Kryo 5 reads',
    level: 'data',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: 'Flink 1.x writes with Kryo 2, Flink 2.x reads with Kryo 5. The snapshots look the same, so that Flink accepts the state.',
      harm: 'Enums, collections, UUIDs and classes with serializers of their own are misread or fail; plain classes often read well. No snapshot tells which it is.',
      remedy:
        'Before the upgrade, move the values on 1.x to a POJO, Avro, or a list or map with its own type information, in a state of another name.',
    },
  },
  next: () => 'move the values to a type that Flink knows while the job still runs on 1.x',
};
