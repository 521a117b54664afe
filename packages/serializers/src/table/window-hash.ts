/** The inverse of an odd number modulo 2^32. */
function modInverse(odd: number): number {
  let inverse = Math.imul(Math.imul(odd, odd), odd);
  for (let i = 0; i < 3; i++) inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  return inverse;
}

/** `hashCode` of SQL's TimeWindow. Follows `...table.runtime.operators.window.TimeWindow#hashCode`, Flink 1.20 and 2.3. */
export function sqlTimeWindowHash(start: bigint, end: bigint): number {
  const odd = (Number(BigInt.asIntN(32, end << 1n)) + 1) | 0;
  return Number(BigInt.asIntN(32, start + BigInt(modInverse(odd))));
}
