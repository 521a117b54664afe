import type { DataInputView, DataOutputView } from '@statewright/bytes';
import { claimEmpty, minLengthOf } from '../counts.js';
import type { Codec, CodecCompiler } from '../model.js';
import { cannotEncode } from '../opaque.js';
import { specializeElements } from '../specialize.js';
import { MapValue } from '../values.js';
import { AVRO_PRIMITIVES } from './primitives.js';

/*
 * Arrays and maps are blocks:
 *
 *     repeated: varint n (unsigned LEB128, not 0), n x item
 *     00
 *
 * An item of a map is a string and a value. Avro's writers put everything into one block; readers take any number.
 * Follows `DataOutputEncoder#writeVarLongCount`, Flink 1.20 and 2.3.
 */

const KIND = 'Avro block';

/** Reads the count of a block; refuses more items than the bytes left can hold. 0 ends the blocks. */
function readBlockCount(input: DataInputView, minBytesEach: number): number {
  const at = input.pos;
  let count = 0;
  for (let scale = 1; ; scale *= 128) {
    const byte = input.readUnsignedByte(KIND);
    count += (byte & 0x7f) * scale;
    if (byte < 0x80) break;
    if (scale > 2 ** 56)
      throw input.error('BAD_LENGTH', KIND, 'the count of a block takes more than 9 bytes', 0);
  }
  const left = input.remaining;
  if (minBytesEach === 0) claimEmpty(input, KIND, count);
  else if (count * minBytesEach > left) {
    input.pos = at;
    throw input.error('BAD_LENGTH', KIND, `count ${count} cannot fit into the ${left} bytes left`);
  }
  return count;
}

function writeBlock(output: DataOutputView, count: number, write: () => void): void {
  if (count > 0) {
    let rest = count;
    for (; rest >= 0x80; rest = Math.floor(rest / 128)) output.writeByte((rest & 0x7f) | 0x80);
    output.writeByte(rest);
    write();
  }
  output.writeByte(0);
}

function skipBlocks(
  input: DataInputView,
  min: number,
  fixed: number,
  skipItem: (input: DataInputView) => void,
) {
  input.enter(KIND);
  for (let count = readBlockCount(input, min); count > 0; count = readBlockCount(input, min)) {
    if (fixed >= 0) input.skip(count * fixed, KIND);
    else for (let i = 0; i < count; i++) skipItem(input);
  }
  input.leave();
}

function readBlocks(
  input: DataInputView,
  min: number,
  read: (input: DataInputView, count: number) => unknown[],
): unknown[] {
  input.enter(KIND);
  let items: unknown[] | undefined;
  for (let count = readBlockCount(input, min); count > 0; count = readBlockCount(input, min)) {
    const block = read(input, count);
    if (items === undefined) items = block;
    else for (const item of block) items.push(item);
  }
  input.leave();
  return items ?? [];
}

/** The value is an array. */
export function arrayCodec(compiler: CodecCompiler, item: Codec): Codec {
  const min = minLengthOf(item);
  const read = specializeElements(compiler, item.read, 'none') ?? loop(item.read);
  return {
    length: -1,
    delimited: true,
    minLength: 1,
    read: (input) => readBlocks(input, min, read),
    write(output, value) {
      if (!Array.isArray(value)) throw cannotEncode('Avro array', 'an array', value);
      writeBlock(output, value.length, () => {
        for (const one of value) item.write(output, one);
      });
    },
    skip: (input) => skipBlocks(input, min, item.length, item.skip),
  };
}

/** The value is a MapValue. */
export function mapCodec(value: Codec): Codec {
  const key = AVRO_PRIMITIVES.string;
  const min = minLengthOf(key) + minLengthOf(value);
  const read = loop((input) => [key.read(input), value.read(input)]);
  return {
    length: -1,
    delimited: true,
    minLength: 1,
    read: (input) => new MapValue(readBlocks(input, min, read) as [unknown, unknown][]),
    write(output, map) {
      if (!(map instanceof MapValue)) throw cannotEncode('Avro map', 'a MapValue', map);
      writeBlock(output, map.entries.length, () => {
        for (const [k, v] of map.entries) {
          key.write(output, k);
          value.write(output, v);
        }
      });
    },
    skip: (input) =>
      skipBlocks(input, min, -1, (at) => {
        key.skip(at);
        value.skip(at);
      }),
  };
}

function loop(read: (input: DataInputView) => unknown): (input: DataInputView, count: number) => unknown[] {
  return (input, count) => {
    const items: unknown[] = [];
    for (let i = 0; i < count; i++) items.push(read(input));
    return items;
  };
}
