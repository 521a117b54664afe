/** `MathUtils.murmurHash` (Flink 2.3): spreads a 32-bit hash code; the result is not negative. */
function murmurHash(code: number): number {
  let h = Math.imul(code, 0xcc9e2d51);
  h = (h << 15) | (h >>> 17);
  h = Math.imul(h, 0x1b873593);
  h = (h << 13) | (h >>> 19);
  h = (Math.imul(h, 5) + 0xe6546b64) | 0;
  h ^= 4;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  h ^= h >>> 16;
  if (h >= 0) return h;
  return h === -0x8000_0000 ? 0 : -h;
}

/** The key group of a key with this Java `hashCode`. Follows `KeyGroupRangeAssignment#assignToKeyGroup` (Flink 2.3). */
export function keyGroupFor(hashCode: number, maxParallelism: number): number {
  return murmurHash(hashCode) % maxParallelism;
}

/**
 * Bytes of the key-group prefix of a composite key: 1 up to a max parallelism of 128, else 2.
 * Follows `CompositeKeySerializationUtils#computeRequiredBytesInKeyGroupPrefix` (Flink 2.3).
 */
export function keyGroupPrefixBytes(maxParallelism: number): number {
  return maxParallelism > 128 ? 2 : 1;
}
