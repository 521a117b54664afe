const C1 = 0x87c37b91114253d5n;
const C2 = 0x4cf5ad432745937fn;
const MASK = (1n << 64n) - 1n;

function rotl(value: bigint, bits: bigint): bigint {
  return ((value << bits) | (value >> (64n - bits))) & MASK;
}

function fmix(value: bigint): bigint {
  let k = value ^ (value >> 33n);
  k = (k * 0xff51afd7ed558ccdn) & MASK;
  k ^= k >> 33n;
  k = (k * 0xc4ceb9fe1a85ec53n) & MASK;
  return k ^ (k >> 33n);
}

function mixK1(k1: bigint): bigint {
  return (rotl((k1 * C1) & MASK, 31n) * C2) & MASK;
}

function mixK2(k2: bigint): bigint {
  return (rotl((k2 * C2) & MASK, 33n) * C1) & MASK;
}

/** Up to eight bytes at `at`, little-endian; bytes beyond the end count as 0. */
function word(bytes: Uint8Array, at: number): bigint {
  let value = 0n;
  for (let i = Math.min(bytes.length, at + 8) - 1; i >= at; i--) value = (value << 8n) | BigInt(bytes[i]!);
  return value;
}

/** MurmurHash3 x64 128 with seed 0, as Guava's `Hashing.murmur3_128`: h1 and h2, each little-endian. */
function murmur3of128(bytes: Uint8Array): Uint8Array {
  let h1 = 0n;
  let h2 = 0n;
  const blocks = bytes.length - (bytes.length % 16);
  for (let at = 0; at < blocks; at += 16) {
    h1 ^= mixK1(word(bytes, at));
    h1 = ((rotl(h1, 27n) + h2) * 5n + 0x52dce729n) & MASK;
    h2 ^= mixK2(word(bytes, at + 8));
    h2 = ((rotl(h2, 31n) + h1) * 5n + 0x38495ab5n) & MASK;
  }
  h2 ^= mixK2(word(bytes, blocks + 8));
  h1 ^= mixK1(word(bytes, blocks));
  const length = BigInt(bytes.length);
  h1 = (h1 ^ length) + (h2 ^ length);
  h2 = (h2 ^ length) + h1;
  h1 = fmix(h1 & MASK);
  h2 = fmix(h2 & MASK);
  h1 = (h1 + h2) & MASK;
  h2 = (h2 + h1) & MASK;
  const out = new DataView(new ArrayBuffer(16));
  out.setBigUint64(0, h1, true);
  out.setBigUint64(8, h2, true);
  return new Uint8Array(out.buffer);
}

/**
 * The operator id that Flink gives to an operator with this uid: 32 hex digits.
 * Follows `StreamGraphHasherV2#generateUserSpecifiedHash` (Flink 2.3): murmur3_128 of the uid's UTF-8 bytes.
 */
export function operatorIdOfUid(uid: string): string {
  return Buffer.from(murmur3of128(Buffer.from(uid, 'utf8'))).toString('hex');
}
