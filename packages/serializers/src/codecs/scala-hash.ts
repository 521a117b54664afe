import { doubleHash, floatHash, longHash } from './java-hash.js';

/*
 * Scala 2.11 and 2.12 hash a number by its value whatever its type (`##`), so that 2, 2L and 2.0 hash alike.
 * Follows `scala.runtime.Statics` and `scala.util.hashing.MurmurHash3` of scala-library 2.12.7.
 */

const PRODUCT_SEED = 0xcafebabe | 0;
const LONG_BOUND = 2 ** 63;

/** `Statics.longHash` */
export function scalaLongHash(value: bigint): number {
  const int = BigInt.asIntN(32, value);
  return int === value ? Number(int) : longHash(value);
}

/** `Statics.doubleHash` */
export function scalaDoubleHash(value: number): number {
  return integralHash(value) ?? (Math.fround(value) === value ? floatHash(value) : doubleHash(value));
}

/** `Statics.floatHash` */
export function scalaFloatHash(value: number): number {
  return integralHash(value) ?? floatHash(value);
}

/** The hash of a number without a fraction that fits a long. */
function integralHash(value: number): number | undefined {
  if (!Number.isInteger(value) || value < -LONG_BOUND || value >= LONG_BOUND) return undefined;
  return (value | 0) === value ? value | 0 : longHash(BigInt(value));
}

/** `MurmurHash3.productHash` of the elements' hashes. */
export function productHash(hashes: readonly (number | undefined)[]): number | undefined {
  let hash = PRODUCT_SEED;
  for (const element of hashes) {
    if (element === undefined) return undefined;
    hash = mix(hash, element);
  }
  return finish(hash ^ hashes.length);
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

function mix(hash: number, data: number): number {
  const k = Math.imul(rotate(Math.imul(data, 0xcc9e2d51), 15), 0x1b873593);
  return (Math.imul(rotate(hash ^ k, 13), 5) + 0xe6546b64) | 0;
}

function finish(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
