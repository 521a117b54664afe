import type { DataInputView } from '@statewright/bytes';
import type { Codec } from '../model.js';
import { cannotEncode } from '../opaque.js';
import { MapValue, type RowKind, RowValue } from '../values.js';
import { readArray, writeArray } from './binary-array.js';
import { binaryRowHash } from './binary-layout.js';
import { readMap, writeMap } from './binary-map.js';
import { type RowLayout, readRowFields, readRowKind, writeRow } from './binary-row.js';
import { BinaryWriter } from './binary-writer.js';
import type { Column } from './columns.js';

/*
 *     i32 size               big-endian, as all that is around the row
 *     row                    little-endian, see binary-layout.ts
 *
 * Follows `org.apache.flink.table.runtime.typeutils.BinaryRowDataSerializer`, Flink 1.20 and 2.3.
 */

const KIND = 'BinaryRowData';

/**
 * A row as it was read, with its bytes. Two writers of Flink lay out some rows differently (a null decimal may keep its
 * place), and the hash that decides a key's key group is that of the bytes; so an untouched row is written as it was.
 */
export class BinaryRowValue extends RowValue {
  constructor(
    kind: RowKind,
    fields: readonly unknown[],
    names: readonly string[] | undefined,
    readonly bytes: Uint8Array,
    /** What the bytes are laid out as, see `rowDataCodec`. */
    readonly signature: string,
  ) {
    super(kind, fields, names);
  }
}

/** The codec of rows of a layout. `signature` is equal for layouts that are. */
export function rowDataCodec(layout: RowLayout, signature: string): Codec {
  const scratch = new BinaryWriter();
  const encode = (value: unknown): Uint8Array => {
    if (value instanceof BinaryRowValue && value.signature === signature) return value.bytes;
    if (!(value instanceof RowValue)) throw cannotEncode(KIND, 'a row', value);
    scratch.clear();
    writeRow(scratch, layout, value);
    return scratch.view();
  };
  return {
    length: -1,
    delimited: true,
    minLength: 4 + layout.fixedBytes,
    read(input) {
      const end = input.readCount(KIND) + input.pos;
      const base = input.pos;
      const fields = readRowFields(input, layout, base, end);
      const kind = readRowKind(input, base);
      input.pos = end;
      return new BinaryRowValue(kind, fields, layout.names, input.bytes.slice(base, end), signature);
    },
    write: (output, value) => output.writeBytes32(encode(value)),
    skip: skipSection,
    hash: (value) => (value === null ? 0 : binaryRowHash(encode(value))),
  };
}

/** `i32 size, array`. Follows `ArrayDataSerializer`, Flink 1.20 and 2.3. */
export function arrayDataCodec(element: Column): Codec {
  const scratch = new BinaryWriter();
  return {
    length: -1,
    delimited: true,
    minLength: 8,
    read: (input) => readSection(input, (base, end) => readArray(input, element, base, end)),
    write(output, value) {
      if (!Array.isArray(value)) throw cannotEncode('BinaryArrayData', 'an array', value);
      scratch.clear();
      writeArray(scratch, element, value);
      output.writeBytes32(scratch.view());
    },
    skip: skipSection,
  };
}

/** `i32 size, map`. Follows `MapDataSerializer`, Flink 1.20 and 2.3. */
export function mapDataCodec(key: Column, value: Column): Codec {
  const scratch = new BinaryWriter();
  return {
    length: -1,
    delimited: true,
    minLength: 16,
    read: (input) => readSection(input, (base, end) => readMap(input, key, value, base, end)),
    write(output, map) {
      if (!(map instanceof MapValue)) throw cannotEncode('BinaryMapData', 'a MapValue', map);
      scratch.clear();
      writeMap(scratch, key, value, map);
      output.writeBytes32(scratch.view());
    },
    skip: skipSection,
  };
}

function readSection<T>(input: DataInputView, read: (base: number, end: number) => T): T {
  const end = input.readCount(KIND) + input.pos;
  const value = read(input.pos, end);
  input.pos = end;
  return value;
}

function skipSection(input: DataInputView): void {
  input.skip(input.readCount(KIND), KIND);
}

/** The same rows with names for their fields. */
export function withRowNames(codec: Codec, names: readonly string[]): Codec {
  return {
    ...codec,
    read(input) {
      const row = codec.read(input);
      if (!(row instanceof BinaryRowValue)) return row;
      return new BinaryRowValue(row.kind, row.fields, names, row.bytes, row.signature);
    },
  };
}
