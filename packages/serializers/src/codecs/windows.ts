import type { Codec } from '../model.js';
import { cannotEncode } from '../opaque.js';
import { GlobalWindowValue, TimeWindowValue } from '../values.js';
import { mixLong } from './java-hash.js';

/** `i64 start, i64 end` in milliseconds, the end not included. Follows `TimeWindow.Serializer`, Flink 1.20. */
export const TIME_WINDOW: Codec = {
  length: 16,
  delimited: true,
  read: (input) => new TimeWindowValue(input.readLong('TimeWindow'), input.readLong('TimeWindow')),
  write(output, value) {
    if (!(value instanceof TimeWindowValue))
      throw cannotEncode('TimeWindow.Serializer', 'a TimeWindow', value);
    output.writeLong(value.start);
    output.writeLong(value.end);
  },
  skip: (input) => input.skip(16, 'TimeWindow'),
  hash: (value) => (value instanceof TimeWindowValue ? mixLong(value.start + value.end) : 0),
};

/** One byte 0. Follows `GlobalWindow.Serializer`, Flink 1.20. */
export const GLOBAL_WINDOW: Codec = {
  length: 1,
  delimited: true,
  read(input) {
    input.readByte('GlobalWindow');
    return GlobalWindowValue.INSTANCE;
  },
  write: (output) => output.writeByte(0),
  skip: (input) => input.skip(1, 'GlobalWindow'),
  hash: () => 0,
};
