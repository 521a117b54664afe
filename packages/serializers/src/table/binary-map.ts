import type { DataInputView } from '@statewright/bytes';
import { cannotEncode } from '../opaque.js';
import { MapValue } from '../values.js';
import { readArray, writeArray } from './binary-array.js';
import { chunkLength, chunkStart } from './binary-layout.js';
import type { BinaryWriter } from './binary-writer.js';
import { type Column, writeSection } from './columns.js';

const KIND = 'BinaryMapData';
const SIZE_BYTES = 4;

/** The map that lies at `[base, end)` of the view's bytes: keys and values are arrays of one length. */
export function readMap(
  input: DataInputView,
  key: Column,
  value: Column,
  base: number,
  end: number,
): MapValue {
  const size = end - base;
  const keyBytes = size < SIZE_BYTES ? -1 : input.data.getInt32(base, true);
  if (keyBytes < 0 || keyBytes > size - SIZE_BYTES) {
    input.pos = base;
    throw input.error('BAD_LENGTH', KIND, `keys of ${keyBytes} bytes in a map of ${size} bytes`, SIZE_BYTES);
  }
  const middle = base + SIZE_BYTES + keyBytes;
  const keys = readArray(input, key, base + SIZE_BYTES, middle);
  const values = readArray(input, value, middle, end);
  if (keys.length !== values.length) {
    input.pos = base;
    throw input.error('BAD_VALUE', KIND, `a map of ${keys.length} keys but ${values.length} values`, size);
  }
  return new MapValue(keys.map((one, i) => [one, values[i]]));
}

/** Appends a map as `BinaryMapData#valueOf` lays it out. */
export function writeMap(out: BinaryWriter, key: Column, value: Column, map: MapValue): void {
  const at = out.claim(SIZE_BYTES);
  writeArray(
    out,
    key,
    map.entries.map((entry) => entry[0]),
  );
  out.data.setInt32(at, out.length - at - SIZE_BYTES, true);
  writeArray(
    out,
    value,
    map.entries.map((entry) => entry[1]),
  );
}

/** A map or multiset as a column. */
export function mapColumn(key: Column, value: Column): Column {
  return {
    elementSize: 8,
    chunk: chunkLength,
    read(input, base, end, slot) {
      const length = chunkLength(input, slot);
      const start = chunkStart(input, base, end, slot, length, KIND);
      return readMap(input, key, value, start, start + length);
    },
    write(out, base, slot, map) {
      if (!(map instanceof MapValue)) throw cannotEncode(KIND, 'a MapValue', map);
      writeSection(out, base, slot, () => writeMap(out, key, value, map));
    },
  };
}
