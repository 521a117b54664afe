import type { Codec } from '../model.js';
import { cannotEncode } from '../opaque.js';
import { Opaque } from '../values.js';
import { binaryRowHash } from './binary-layout.js';

/** `i32 size, bytes`: the bytes stay closed, but their end and, for a row, their hash are known. */
export function opaqueFrameCodec(why: string, className: string, serializer: string): Codec {
  return {
    length: -1,
    delimited: true,
    minLength: 4,
    read(input) {
      const length = input.readCount(serializer);
      const start = input.filePos;
      const bytes = input.readBytes(length, serializer).slice();
      return new Opaque(bytes, input.spanFrom(start), why, className, serializer);
    },
    write(output, value) {
      if (!(value instanceof Opaque)) throw cannotEncode(serializer, 'an opaque value', value);
      output.writeBytes32(value.bytes);
    },
    skip: (input) => input.skip(input.readCount(serializer), serializer),
    hash: (value) => (value instanceof Opaque ? binaryRowHash(value.bytes) : 0),
  };
}
