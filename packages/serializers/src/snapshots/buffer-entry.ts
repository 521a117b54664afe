import { BOOLEAN } from '../codecs/primitives.js';
import { compositeFormat } from '../composite.js';
import { recordCodec } from '../record.js';

const CLASS = 'org.apache.flink.streaming.api.operators.co.IntervalJoinOperator';
const SHAPE = { className: `${CLASS}$BufferEntry`, names: ['hasBeenJoined', 'element'] };

/**
 * What an interval join has buffered. Value: `bool hasBeenJoined`, element.
 * Follows `IntervalJoinOperator.BufferEntrySerializerSnapshot`, Flink 1.20.
 */
export const BUFFER_ENTRY = compositeFormat({
  classNames: [`${CLASS}$BufferEntrySerializerSnapshot`],
  notes: { type: 'record', serializer: 'BufferEntrySerializer', flink: '1.8-2.3', values: 'RecordValue' },
  outerVersions: [1, 2],
  arity: 1,
  describe: (snapshot, describe) => ({
    type: 'record',
    class: SHAPE.className,
    serializer: 'BufferEntrySerializer',
    fields: [
      { name: 'hasBeenJoined', type: { type: 'boolean', serializer: 'BooleanSerializer' } },
      { name: 'element', type: describe(snapshot.nested[0]!) },
    ],
  }),
  codec: (snapshot, compiler) =>
    recordCodec(
      compiler,
      SHAPE,
      [BOOLEAN, compiler.compile(snapshot.nested[0]!, 'element')],
      'BufferEntrySerializer',
    ),
});
