import { choiceCodec, recordVariant, type Variant } from '../choice.js';
import { BOOLEAN, INT, LONG } from '../codecs/primitives.js';
import { compositeFormat } from '../composite.js';
import type { Codec, CodecCompiler } from '../model.js';
import { recordCodec } from '../record.js';

const SERIALIZER = 'StreamElementSerializer';
const PACKAGE = 'org.apache.flink.streaming.runtime.';
const STREAM_RECORD = `${PACKAGE}streamrecord.StreamRecord`;

/**
 * Value: `i8 tag`, then
 *
 *     0 record with timestamp     i64 timestamp, element
 *     1 record without            element
 *     2 watermark                 i64 timestamp
 *     3 latency marker            i64 markedTime, i64 operator id low, i64 high, i32 subtask
 *     4 watermark status          i32 status
 *     5 record attributes         bool backlog          1.20 and later
 *     6 internal watermark        i32 subpartition, i64 timestamp
 *
 * Follows `org.apache.flink.streaming.runtime.streamrecord.StreamElementSerializer`, Flink 2.3.
 */
export const STREAM_ELEMENT = compositeFormat({
  classNames: [
    'org.apache.flink.streaming.runtime.streamrecord.StreamElementSerializer$StreamElementSerializerSnapshot',
  ],
  notes: { type: 'stream-element', serializer: SERIALIZER, flink: '1.8-2.3', values: 'RecordValue' },
  outerVersions: [1, 2],
  arity: 1,
  describe: (snapshot, describe) => ({
    type: 'stream-element',
    class: `${PACKAGE}streamrecord.StreamElement`,
    serializer: SERIALIZER,
    fields: [
      { name: 'timestamp', type: { type: 'long', serializer: 'LongSerializer' }, nullable: true },
      { name: 'value', type: describe(snapshot.nested[0]!) },
    ],
  }),
  codec(snapshot, compiler) {
    const element = compiler.compile(snapshot.nested[0]!, 'value');
    return choiceCodec(streamElements(compiler, element), SERIALIZER);
  },
});

function streamElements(compiler: CodecCompiler, element: Codec): Variant[] {
  const variant = (
    tag: number,
    className: string,
    fields: readonly (readonly [string, Codec])[],
  ): Variant => {
    const shape = { className, names: fields.map(([name]) => name) };
    const codecs = fields.map(([, codec]) => codec);
    return recordVariant(tag, className, fields.length, recordCodec(compiler, shape, codecs, SERIALIZER));
  };
  const timestamp = ['timestamp', LONG] as const;
  return [
    variant(0, STREAM_RECORD, [timestamp, ['value', element]]),
    variant(1, STREAM_RECORD, [['value', element]]),
    variant(2, 'org.apache.flink.streaming.api.watermark.Watermark', [timestamp]),
    variant(3, `${PACKAGE}streamrecord.LatencyMarker`, [
      ['markedTime', LONG],
      ['operatorIdLowerPart', LONG],
      ['operatorIdUpperPart', LONG],
      ['subtaskIndex', INT],
    ]),
    variant(4, `${PACKAGE}watermarkstatus.WatermarkStatus`, [['status', INT]]),
    variant(5, `${PACKAGE}streamrecord.RecordAttributes`, [['backlog', BOOLEAN]]),
    variant(6, 'org.apache.flink.streaming.api.watermark.InternalWatermark', [
      ['subpartitionIndex', INT],
      timestamp,
    ]),
  ];
}
