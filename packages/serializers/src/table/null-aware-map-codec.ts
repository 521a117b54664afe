import { elementsCodec } from '../elements.js';
import type { Codec, CodecCompiler } from '../model.js';
import { optionalCodec } from '../optional.js';
import { sequenceCodec } from '../sequence.js';
import { MapValue } from '../values.js';

const KIND = 'NullAwareMapSerializer';

/**
 *     i32 n
 *     n x bool isNull, [key], bool isNull, [value]
 *
 * Follows `org.apache.flink.table.dataview.NullAwareMapSerializer`, Flink 1.20. The value is a MapValue.
 */
export function nullAwareMapCodec(compiler: CodecCompiler, key: Codec, value: Codec): Codec {
  const entry = sequenceCodec(compiler, {
    codecs: [
      optionalCodec({ inner: key, flag: 'is-null' }),
      optionalCodec({ inner: value, flag: 'is-null' }),
    ],
    serializer: KIND,
    finish: (fields) => fields,
    fieldsOf: (pair) => (Array.isArray(pair) ? pair : undefined),
  });
  return elementsCodec(compiler, {
    element: entry,
    flag: 'none',
    serializer: KIND,
    // What an opaque value has swallowed stands for whole entries.
    finish: (entries) =>
      new MapValue(entries.map((pair) => (Array.isArray(pair) ? pair : [pair, pair]) as Pair)),
    elementsOf: (map) => (map instanceof MapValue ? map.entries : undefined),
  });
}

type Pair = [unknown, unknown];
