import { compositeFormat } from '../composite.js';
import { elementsCodec } from '../elements.js';
import type { Codec } from '../model.js';
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
  codec(snapshot, compiler) {
    const element = compiler.compile(snapshot.nested[0]!, 'element');
    const codec = elementsCodec(compiler, {
      element,
      flag: 'is-null',
      serializer: 'SetSerializer',
      finish: (elements) => new SetValue(elements),
      elementsOf: (value) => (value instanceof SetValue ? value.elements : undefined),
    });
    return element.hash === undefined ? codec : { ...codec, hash: (value) => setHash(element, value) };
  },
});

/** `Set#hashCode`: the sum of the elements' hashes. */
function setHash(element: Codec, value: unknown): number | undefined {
  if (!(value instanceof SetValue)) return 0;
  let sum = 0;
  for (const item of value.elements) {
    const hash = item === null ? 0 : element.hash?.(item);
    if (hash === undefined) return undefined;
    sum = (sum + hash) | 0;
  }
  return sum;
}
