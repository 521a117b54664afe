import type { SerializerSnapshot } from '@statewright/serializers';
import { describeSerializer } from '@statewright/serializers';

const BITS: { readonly [type: string]: number } = { byte: 8, short: 16, int: 32, long: 64 };

/** The whole numbers that a type holds, both ends included; undefined for a type of anything else. */
export interface Range {
  readonly least: bigint;
  readonly most: bigint;
}

/** The range of a serializer's numbers. */
export function rangeOf(snapshot: SerializerSnapshot): Range | undefined {
  const { type } = describeSerializer(snapshot);
  const bits = Object.hasOwn(BITS, type) ? BITS[type] : undefined;
  if (bits === undefined) return undefined;
  const end = 1n << BigInt(bits - 1);
  return { least: -end, most: end - 1n };
}

/** The end of the range beyond which a number lies; undefined for one inside it, and for what is no number. */
export function beyond({ least, most }: Range, value: unknown): bigint | undefined {
  if (typeof value !== 'number' && typeof value !== 'bigint') return undefined;
  if (value < least) return least;
  return value > most ? most : undefined;
}
