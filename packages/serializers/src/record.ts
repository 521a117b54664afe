import type { Codec, CodecCompiler } from './model.js';
import { sequenceCodec } from './sequence.js';
import { type RecordShape, RecordValue } from './values.js';

/** Fields one after the other that make a record of a class whose field names Flink fixes. */
export function recordCodec(
  compiler: CodecCompiler,
  shape: RecordShape,
  codecs: readonly Codec[],
  serializer: string,
): Codec {
  return sequenceCodec(compiler, {
    codecs,
    serializer,
    finish: (fields) => new RecordValue(shape, fields),
    fieldsOf: (value) => (value instanceof RecordValue ? value.fields : undefined),
  });
}
