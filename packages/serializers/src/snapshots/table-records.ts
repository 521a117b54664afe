import { placeholderCodec } from '../codecs/primitives.js';
import { compositeFormat } from '../composite.js';
import { recordCodec } from '../record.js';
import { simpleFormat } from './simple.js';

/**
 * Stands in an accumulator for a data view whose content is in a state of its own. One byte 0.
 * Follows `org.apache.flink.table.dataview.NullSerializer`, Flink 1.20 and 2.3.
 */
export const NULL_SERIALIZER = simpleFormat({
  snapshotClass: 'org.apache.flink.table.dataview.NullSerializer$NullSerializerSnapshot',
  serializer: 'NullSerializer',
  type: 'null',
  valueClass: 'java.lang.Object',
  codec: placeholderCodec(() => null, 0),
  flink: '1.9-2.3',
  values: 'null',
});

const LINKED = 'org.apache.flink.table.runtime.sequencedmultisetstate.linked.';

/** A record of a fixed class whose fields are written one after the other by the nested serializers. */
function linkedRecord(name: string, fields: readonly string[]) {
  const shape = { className: `${LINKED}${name}`, names: fields };
  return compositeFormat({
    classNames: [`${LINKED}${name}Serializer$${name}SerializerSnapshot`],
    notes: {
      type: 'record',
      serializer: `${name}Serializer`,
      flink: '2.3',
      values: `RecordValue of ${fields.join(', ')}`,
    },
    outerVersions: [0],
    arity: fields.length,
    describe: (snapshot, describe) => ({
      type: 'record',
      class: shape.className,
      serializer: `${name}Serializer`,
      fields: snapshot.nested.map((child, i) => ({ name: fields[i]!, type: describe(child) })),
    }),
    codec(snapshot, compiler) {
      const codecs = snapshot.nested.map((child, i) => compiler.compile(child, fields[i]!));
      return recordCodec(compiler, shape, codecs, `${name}Serializer`);
    },
  });
}

/** Follows `...sequencedmultisetstate.linked.NodeSerializer`, Flink 2.3. */
export const LINKED_NODE = linkedRecord('Node', [
  'row',
  'sqn',
  'prevSqn',
  'nextSqn',
  'nextSqnForRecord',
  'timestamp',
]);

/** Follows `...sequencedmultisetstate.linked.MetaSqnInfoSerializer`, Flink 2.3. */
export const META_SQN_INFO = linkedRecord('MetaSqnInfo', ['highSqn', 'size']);

/** Follows `...sequencedmultisetstate.linked.RowSqnInfoSerializer`, Flink 2.3. */
export const ROW_SQN_INFO = linkedRecord('RowSqnInfo', ['firstSqn', 'lastSqn']);
