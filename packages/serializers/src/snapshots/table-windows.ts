import { mixLong } from '../codecs/java-hash.js';
import { LONG, withHash } from '../codecs/primitives.js';
import { GLOBAL_WINDOW, TIME_WINDOW } from '../codecs/windows.js';
import { compositeFormat } from '../composite.js';
import type { SnapshotFormat } from '../model.js';
import { recordCodec } from '../record.js';
import { sqlTimeWindowHash } from '../table/window-hash.js';
import { TimeWindowValue } from '../values.js';
import { simpleFormat } from './simple.js';

const WINDOW = 'org.apache.flink.table.runtime.operators.window.';

/** Windows of SQL's group window aggregates. Follow `...operators.window.*Window.Serializer`, Flink 1.20 and 2.3. */
export const TABLE_WINDOWS: readonly SnapshotFormat[] = [
  simpleFormat({
    snapshotClass: `${WINDOW}TimeWindow$Serializer$TimeWindowSerializerSnapshot`,
    serializer: 'TimeWindow.Serializer',
    type: 'time-window',
    valueClass: `${WINDOW}TimeWindow`,
    codec: {
      ...TIME_WINDOW,
      hash: (value) => (value instanceof TimeWindowValue ? sqlTimeWindowHash(value.start, value.end) : 0),
    },
    flink: '1.9-2.3',
    values: 'TimeWindowValue',
  }),
  simpleFormat({
    snapshotClass: `${WINDOW}CountWindow$Serializer$CountWindowSerializerSnapshot`,
    serializer: 'CountWindow.Serializer',
    type: 'long',
    valueClass: `${WINDOW}CountWindow`,
    codec: withHash(LONG, mixLong),
    flink: '1.9-2.3',
    values: 'bigint, the number of the window',
  }),
  simpleFormat({
    snapshotClass: `${WINDOW}GlobalWindow$Serializer$GlobalWindowSerializerSnapshot`,
    serializer: 'GlobalWindow.Serializer',
    type: 'global-window',
    valueClass: `${WINDOW}GlobalWindow`,
    codec: GLOBAL_WINDOW,
    flink: '2.3',
    values: 'GlobalWindowValue',
  }),
] as readonly SnapshotFormat[];

const WINDOW_KEY_SHAPE = {
  className: 'org.apache.flink.table.runtime.util.WindowKey',
  names: ['window', 'key'],
};

/**
 * Nested: the key's serializer. Value: `i64 window, key`.
 * Follows `org.apache.flink.table.runtime.typeutils.WindowKeySerializer.WindowKeySerializerSnapshot`, Flink 1.20.
 */
export const WINDOW_KEY = compositeFormat({
  classNames: ['org.apache.flink.table.runtime.typeutils.WindowKeySerializer$WindowKeySerializerSnapshot'],
  notes: {
    type: 'window-key',
    serializer: 'WindowKeySerializer',
    flink: '1.13-2.3',
    values: 'RecordValue of window and key',
  },
  outerVersions: [1],
  arity: 1,
  describe: (snapshot, describe) => ({
    type: 'window-key',
    class: WINDOW_KEY_SHAPE.className,
    serializer: 'WindowKeySerializer',
    fields: [
      { name: 'window', type: { type: 'long', serializer: 'LongSerializer' } },
      { name: 'key', type: describe(snapshot.nested[0]!) },
    ],
  }),
  codec(snapshot, compiler) {
    const key = compiler.compile(snapshot.nested[0]!, 'key');
    return recordCodec(compiler, WINDOW_KEY_SHAPE, [LONG, key], 'WindowKeySerializer');
  },
});
