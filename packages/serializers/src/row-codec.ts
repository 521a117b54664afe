import type { DataInputView, DataOutputView } from '@statewright/bytes';
import type { Codec, CodecCompiler } from './model.js';
import { cannotEncode, isFollower, mayRunToLimit } from './opaque.js';
import { fillFollowers, recordParts } from './sequence.js';
import { specializeMasked } from './specialize.js';
import { type RowKind, RowValue } from './values.js';

const KIND = 'RowSerializer';
const KIND_BITS = 2;

/**
 *     mask                   ceil(bits / 8) bytes, first bit = 0x80 of the first byte
 *                              2 bits RowKind (low bit first), when rows have a kind
 *                              1 bit per field: null
 *     fields that are not null, one after the other
 *
 * Follows `org.apache.flink.api.java.typeutils.runtime.RowSerializer` and `MaskUtils`, Flink 1.20.
 */
export function rowCodec(compiler: CodecCompiler, codecs: readonly Codec[], hasKind: boolean): Codec {
  const skipBits = hasKind ? KIND_BITS : 0;
  const maskBytes = (skipBits + codecs.length + 7) >> 3;
  const readMask = (input: DataInputView): number => {
    const at = input.pos;
    input.skip(maskBytes, KIND);
    return at;
  };
  const finish = (fields: unknown[], first: number) => new RowValue(hasKind ? kindOf(first) : 0, fields);
  const rest = (input: DataInputView, fields: unknown[], mask: number) =>
    fillFields(input, fields, codecs.length, mask, skipBits);
  const parts = { ...recordParts(compiler, codecs, (fields) => fields), rest, finish };
  const loop = (input: DataInputView) => {
    const mask = readMask(input);
    return finish(readFields(input, codecs, mask, skipBits), input.bytes[mask]!);
  };
  const hashable = codecs.every((codec) => codec.hash !== undefined);
  return {
    length: -1,
    delimited: codecs.every((codec) => codec.delimited),
    mayRunToLimit: codecs.some(mayRunToLimit),
    minLength: maskBytes,
    read: specializeMasked(parts, skipBits, readMask) ?? loop,
    write: (output, value) => writeRow(output, value, codecs, hasKind),
    skip(input) {
      const mask = readMask(input);
      for (let i = 0; i < codecs.length; i++) {
        if (!isSet(input.bytes, mask, skipBits + i)) codecs[i]!.skip(input);
        if (input.openEnd === input.pos && mayRunToLimit(codecs[i]!)) return;
      }
    },
    ...(hashable ? { hash: (value: unknown) => rowHash(codecs, value) } : {}),
  };
}

/** Bits 0 and 1 of the mask are the kind's low and high bit. */
function kindOf(first: number): RowKind {
  return ((first >> 7) | ((first >> 5) & 2)) as RowKind;
}

function isSet(bytes: Uint8Array, mask: number, bit: number): boolean {
  return (bytes[mask + (bit >> 3)]! & (0x80 >> (bit & 7))) !== 0;
}

function readFields(
  input: DataInputView,
  codecs: readonly Codec[],
  mask: number,
  skipBits: number,
): unknown[] {
  const fields: unknown[] = [];
  for (const codec of codecs) {
    fields.push(isSet(input.bytes, mask, skipBits + fields.length) ? null : codec.read(input));
    if (mayRunToLimit(codec) && input.openEnd === input.pos)
      return fillFields(input, fields, codecs.length, mask, skipBits);
  }
  return fields;
}

/** What stands behind an open field: nothing that can be read, but which fields are null the mask tells. */
function fillFields(
  input: DataInputView,
  fields: unknown[],
  arity: number,
  mask: number,
  skipBits: number,
): unknown[] {
  const nulls = Array.from({ length: arity }, (_, i) => isSet(input.bytes, mask, skipBits + i));
  const known = fields.length;
  return fillFollowers(input, fields, arity).map((field, i) => (i >= known && nulls[i] ? null : field));
}

function writeRow(output: DataOutputView, value: unknown, codecs: readonly Codec[], hasKind: boolean): void {
  if (!(value instanceof RowValue) || value.fields.length !== codecs.length) {
    throw cannotEncode(KIND, `a row of ${codecs.length} fields`, value);
  }
  if (!hasKind && value.kind !== 0) throw cannotEncode(KIND, 'a row of kind INSERT', value);
  const bits = hasKind ? [(value.kind & 1) !== 0, (value.kind & 2) !== 0] : [];
  for (const field of value.fields) bits.push(field === null);
  writeMask(output, bits);
  for (let i = 0; i < codecs.length; i++) {
    const field = value.fields[i];
    if (isFollower(field)) return;
    if (field !== null) codecs[i]!.write(output, field);
  }
}

/** Packs bits, the first into 0x80 of the first byte. Follows `MaskUtils#writeMask`. */
export function writeMask(output: DataOutputView, bits: readonly boolean[]): void {
  for (let at = 0; at < bits.length; at += 8) {
    let byte = 0;
    for (let i = 0; i < 8; i++) if (bits[at + i]) byte |= 0x80 >> i;
    output.writeByte(byte);
  }
}

/** The null mask of `count` bits, see `writeMask`. */
export function readMask(input: DataInputView, count: number, kind: string): boolean[] {
  const bytes = input.readBytes((count + 7) >> 3, kind);
  return Array.from({ length: count }, (_, i) => isSet(bytes, 0, i));
}

/** `Row#hashCode` of a row by position: each field's hash is 31 + its own, a null's is 0. */
function rowHash(codecs: readonly Codec[], value: unknown): number | undefined {
  if (!(value instanceof RowValue)) return 0;
  let hash = 1;
  for (let i = 0; i < codecs.length; i++) {
    const own = value.fields[i] === null ? 0 : codecs[i]!.hash?.(value.fields[i]);
    if (own === undefined) return undefined;
    hash = (Math.imul(31, hash) + (value.fields[i] === null ? 0 : 31 + own)) | 0;
  }
  return (Math.imul(31, value.kind) + hash) | 0;
}
