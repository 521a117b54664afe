import { compositeFormat } from '../composite.js';
import { elementsCodec } from '../elements.js';
import { SetValue } from '../values.js';

/**
 * Value: `i32 n, n x (bool isNull, [element])`.
 * Follows `org.apache.flink.api.common.typeutils.base.SetSerializerSnapshot`, Flink 2.1.
 */
export const SET = compositeFormat({
  classNames: ['org.apache.flink.api.common.typeutils.base.SetSerializerSnapshot'],
  notes: { type: 'set', serializer: 'SetSerializer', flink: '2.0-2.3', values: 'SetValue' },
  outerVersions: [1],
  arity: 1,
  describe: (snapshot, describe) => ({
    type: 'set',
    class: 'java.util.Set',
    serializer: 'SetSerializer',
    fields: [{ name: 'element', type: describe(snapshot.nested[0]!), nullable: true }],
  }),
  codec: (snapshot, compiler) =>
    elementsCodec(compiler, {
      element: compiler.compile(snapshot.nested[0]!, 'element'),
      flag: 'is-null',
      serializer: 'SetSerializer',
      finish: (elements) => new SetValue(elements),
      elementsOf: (value) => (value instanceof SetValue ? value.elements : undefined),
    }),
});
