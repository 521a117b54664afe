import { compositeFormat } from '../composite.js';
import type { Codec } from '../model.js';
import { sequenceCodec, tupleHash } from '../sequence.js';

/**
 * Outer part: `utf tupleClass`. Value: the fields one after the other, no null flags; an array.
 * Follows `org.apache.flink.api.java.typeutils.runtime.TupleSerializerSnapshot`, Flink 1.20.
 */
export const TUPLE = compositeFormat<string>({
  classNames: ['org.apache.flink.api.java.typeutils.runtime.TupleSerializerSnapshot'],
  notes: { type: 'tuple', serializer: 'TupleSerializer', flink: '1.8-2.3', values: 'array' },
  outerVersions: [2],
  readOuter: (input) => input.readUTF('tuple class'),
  writeOuter: (output, tupleClass) => output.writeUTF(tupleClass),
  describe: (snapshot, describe) => ({
    type: 'tuple',
    class: snapshot.outer,
    serializer: 'TupleSerializer',
    fields: snapshot.nested.map((field, i) => ({ name: `f${i}`, type: describe(field) })),
  }),
  codec(snapshot, compiler): Codec {
    const codecs = snapshot.nested.map((field, i) => compiler.compile(field, `f${i}`));
    const codec = sequenceCodec(compiler, {
      codecs,
      serializer: 'TupleSerializer',
      finish: (fields) => fields,
      fieldsOf: (value) => (Array.isArray(value) ? value : undefined),
    });
    const hashable = codecs.every((field) => field.hash !== undefined);
    return hashable
      ? { ...codec, hash: (value) => (Array.isArray(value) ? tupleHash(codecs, value) : 0) }
      : codec;
  },
});
