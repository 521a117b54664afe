import type { DataInputView, DataOutputView } from '@statewright/bytes';
import type { Codec } from '../model.js';
import { cannotEncode } from '../opaque.js';
import { BigDecimalValue, BigIntegerValue } from '../values.js';
import { bigDecimalHash, bigIntegerHash } from './java-hash.js';

/*
 *     i32 length             0 null, 1 zero, 2 one, 3 ten, else 4 + number of bytes
 *     bytes                  two's complement, big-endian
 *
 * Follows `org.apache.flink.api.common.typeutils.base.BigIntSerializer`, Flink 1.20.
 */

const KIND = 'BigInteger';
const CONSTANTS = [0n, 1n, 10n];
const FIRST_LENGTH = 4;

/** Reads an integer of any size; null for null. Zero, one and ten have a short form, which Flink uses for Java's constants. */
function readBigInteger(input: DataInputView): BigIntegerValue | null {
  const at = input.pos;
  const code = input.readInt(KIND);
  if (code < FIRST_LENGTH && code >= 0) {
    return code === 0 ? null : new BigIntegerValue(CONSTANTS[code - 1]!, true);
  }
  if (code <= FIRST_LENGTH) {
    input.pos = at;
    throw input.error('BAD_LENGTH', KIND, `length ${code - FIRST_LENGTH} is not that of a number`, 4);
  }
  return new BigIntegerValue(fromTwosComplement(input.readBytes(code - FIRST_LENGTH, KIND)));
}

/** A big-endian two's complement number of at least one byte, as `java.math.BigInteger(byte[])` reads it. */
export function fromTwosComplement(bytes: Uint8Array): bigint {
  let hex = '0x';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return BigInt.asIntN(bytes.length * 8, BigInt(hex));
}

/** The shortest two's complement form, as `java.math.BigInteger#toByteArray` gives it. */
export function toTwosComplement(value: bigint): Uint8Array {
  const magnitude = value < 0n ? -value - 1n : value;
  const length = Math.floor(magnitude === 0n ? 0 : bitLength(magnitude) / 8) + 1;
  const hex = BigInt.asUintN(length * 8, value)
    .toString(16)
    .padStart(length * 2, '0');
  return Uint8Array.from({ length }, (_, i) => Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16));
}

function bitLength(magnitude: bigint): number {
  return magnitude.toString(2).length;
}

function writeBigInteger(output: DataOutputView, value: bigint, constant: boolean): void {
  const short = constant ? CONSTANTS.indexOf(value) : -1;
  if (short >= 0) {
    output.writeInt(short + 1);
    return;
  }
  const bytes = toTwosComplement(value);
  output.writeInt(bytes.length + FIRST_LENGTH);
  output.writeBytes(bytes);
}

function skipBigInteger(input: DataInputView): boolean {
  const code = input.readInt(KIND);
  input.skip(code < FIRST_LENGTH && code >= 0 ? 0 : code - FIRST_LENGTH, KIND);
  return code !== 0;
}

/** `BigIntSerializer`. */
export const BIG_INTEGER: Codec = {
  length: -1,
  delimited: true,
  minLength: 4,
  read: readBigInteger,
  write(output, value) {
    if (value === null) output.writeInt(0);
    else if (value instanceof BigIntegerValue) writeBigInteger(output, value.value, value.constant);
    else throw cannotEncode('BigIntSerializer', 'a BigInteger', value);
  },
  skip: skipBigInteger,
  hash: (value) => (value instanceof BigIntegerValue ? bigIntegerHash(value.value) : 0),
};

/** `BigDecSerializer`: the unscaled value, then `i32 scale` unless that is null. */
export const BIG_DECIMAL: Codec = {
  length: -1,
  delimited: true,
  minLength: 4,
  read(input) {
    const unscaled = readBigInteger(input);
    if (unscaled === null) return null;
    return new BigDecimalValue(unscaled.value, input.readInt('BigDecimal'), unscaled.constant);
  },
  write(output, value) {
    if (value === null) {
      output.writeInt(0);
      return;
    }
    if (!(value instanceof BigDecimalValue)) throw cannotEncode('BigDecSerializer', 'a BigDecimal', value);
    writeBigInteger(output, value.unscaled, value.constant);
    output.writeInt(value.scale);
  },
  skip(input) {
    if (skipBigInteger(input)) input.skip(4, 'BigDecimal');
  },
  hash: (value) => (value instanceof BigDecimalValue ? bigDecimalHash(value.unscaled, value.scale) : 0),
};
