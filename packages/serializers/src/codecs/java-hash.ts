/*
 * `hashCode()` of JDK classes as 32-bit ints. The formulas are those of the class's contract where it has one, else of
 * OpenJDK 8 to 17, which agree.
 */

const hashView = new DataView(new ArrayBuffer(8));

/** `java.lang.String#hashCode`. */
export function stringHash(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(31, hash) + text.charCodeAt(i)) | 0;
  return hash;
}

/** `java.lang.Long#hashCode`: high half xor low half. */
export function longHash(value: bigint): number {
  hashView.setBigInt64(0, value);
  return hashView.getInt32(0) ^ hashView.getInt32(4);
}

/** `java.lang.Boolean#hashCode`. */
export function booleanHash(value: boolean): number {
  return value ? 1231 : 1237;
}

/** `java.lang.Float#hashCode`: the bits, NaN always 0x7fc00000. */
export function floatHash(value: number): number {
  if (Number.isNaN(value)) return 0x7fc00000;
  hashView.setFloat32(0, value);
  return hashView.getInt32(0);
}

/** `java.lang.Double#hashCode`: high half of the bits xor low half, NaN always 0x7ff8000000000000. */
export function doubleHash(value: number): number {
  if (Number.isNaN(value)) return 0x7ff80000;
  hashView.setFloat64(0, value);
  return hashView.getInt32(0) ^ hashView.getInt32(4);
}

/** `java.math.BigInteger#hashCode`: 31-hash of the magnitude's 32-bit words, high first, times the sign. */
export function bigIntegerHash(value: bigint): number {
  const negative = value < 0n;
  let hash = 0;
  for (const word of words(negative ? -value : value)) hash = (Math.imul(31, hash) + word) | 0;
  return negative ? -hash | 0 : hash;
}

function words(magnitude: bigint): number[] {
  const found: number[] = [];
  for (let rest = magnitude; rest > 0n; rest >>= 32n) found.push(Number(rest & 0xffffffffn) | 0);
  return found.reverse();
}

/**
 * `java.math.BigDecimal#hashCode`: an unscaled value that fits a long (but for MIN_VALUE) hashes the two halves of its
 * magnitude, any other is `31 * unscaled.hashCode() + scale`.
 */
export function bigDecimalHash(unscaled: bigint, scale: number): number {
  const magnitude = unscaled < 0n ? -unscaled : unscaled;
  if (magnitude > 0x7fffffffffffffffn) return (Math.imul(31, bigIntegerHash(unscaled)) + scale) | 0;
  const high = Number(magnitude >> 32n) | 0;
  const low = Number(magnitude & 0xffffffffn) | 0;
  const folded = (Math.imul(31, high) + low) | 0;
  return (Math.imul(31, unscaled < 0n ? -folded | 0 : folded) + scale) | 0;
}

/** `List#hashCode`, also `Arrays.hashCode`: 31-hash from 1; undefined when an element's hash is. */
export function listHash(hashes: readonly (number | undefined)[], start = 1): number | undefined {
  let hash = start;
  for (const element of hashes) {
    if (element === undefined) return undefined;
    hash = (Math.imul(31, hash) + element) | 0;
  }
  return hash;
}

/** `org.apache.flink.util.MathUtils#longToIntWithBitMixing`. */
export function mixLong(value: bigint): number {
  let mixed = BigInt.asUintN(64, value);
  mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n);
  mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn);
  return Number(BigInt.asIntN(32, mixed ^ (mixed >> 31n)));
}
