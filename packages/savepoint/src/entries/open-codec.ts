import { StatewrightError } from '@statewright/bytes';
import { type Codec, Opaque } from '@statewright/serializers';

/** The codec of values that nothing tells how to read: each takes everything up to the limit. */
export function openCodec(why: string): Codec {
  return {
    length: -1,
    delimited: false,
    read(input) {
      const start = input.filePos;
      const bytes = input.bytes.slice(input.pos, input.limit);
      input.pos = input.limit;
      input.openEnd = input.limit;
      return new Opaque(bytes, input.spanFrom(start), why, undefined, '');
    },
    write(output, value) {
      if (value instanceof Opaque) output.writeBytes(value.bytes);
      else
        throw new StatewrightError('CANNOT_ENCODE', { reason: 'only an opaque value can be written back' });
    },
    skip(input) {
      input.pos = input.limit;
      input.openEnd = input.limit;
    },
  };
}
