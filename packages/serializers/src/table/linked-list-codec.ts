import type { DataInputView } from '@statewright/bytes';
import { minLengthOf, readElementCount } from '../counts.js';
import type { Codec } from '../model.js';
import { cannotEncode, followsOpaque, isFollower, mayRunToLimit } from '../opaque.js';
import { writeMask } from '../row-codec.js';

const KIND = 'LinkedListSerializer';

/**
 *     i32 n
 *     null mask              n bits, the first is 0x80 of the first byte; only when the list has one
 *     elements that are not null, one after the other
 *
 * Follows `org.apache.flink.table.runtime.typeutils.LinkedListSerializer`, Flink 1.20. The value is an array.
 */
export function linkedListCodec(element: Codec, hasNullMask: boolean): Codec {
  const readHead = (input: DataInputView): { count: number; isNull: (i: number) => boolean } => {
    if (!hasNullMask)
      return { count: readElementCount(input, KIND, minLengthOf(element)), isNull: () => false };
    const count = readMaskedCount(input);
    const { bytes, pos } = input;
    input.skip(maskBytes(count), KIND);
    return { count, isNull: (i) => (bytes[pos + (i >> 3)]! & (0x80 >> (i & 7))) !== 0 };
  };
  return {
    length: -1,
    delimited: element.delimited,
    mayRunToLimit: mayRunToLimit(element),
    minLength: 4,
    read(input) {
      const { count, isNull } = readHead(input);
      const elements: unknown[] = [];
      while (elements.length < count) {
        const absent = isNull(elements.length);
        elements.push(absent ? null : element.read(input));
        if (!absent && input.openEnd === input.pos) break;
      }
      while (elements.length < count) elements.push(isNull(elements.length) ? null : followsOpaque(input));
      return elements;
    },
    write(output, value) {
      if (!Array.isArray(value)) throw cannotEncode(KIND, 'an array', value);
      output.writeInt(value.length);
      if (hasNullMask) {
        writeMask(
          output,
          value.map((item) => item === null),
        );
      }
      for (const item of value) {
        if (isFollower(item)) return;
        if (item !== null) element.write(output, item);
        else if (!hasNullMask) throw cannotEncode(KIND, 'a list without nulls', item);
      }
    },
    skip(input) {
      const { count, isNull } = readHead(input);
      for (let i = 0; i < count; i++) {
        if (isNull(i)) continue;
        element.skip(input);
        if (input.openEnd === input.pos && mayRunToLimit(element)) return;
      }
    },
  };
}

function maskBytes(count: number): number {
  return Math.ceil(count / 8);
}

/** A count whose mask fits into what is left. */
function readMaskedCount(input: DataInputView): number {
  const count = input.readInt(KIND);
  if (count >= 0 && maskBytes(count) <= input.remaining) return count;
  input.pos -= 4;
  const reason =
    count < 0
      ? `count ${count} is negative`
      : `the mask of ${count} elements cannot fit into the ${input.remaining - 4} bytes left`;
  throw input.error('BAD_LENGTH', KIND, reason, 4);
}
