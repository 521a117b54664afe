import { StatewrightError } from '@statewright/bytes';
import type { AvroType } from '@statewright/serializers';

/** Two recursive schemas may lead to as many pairs of types as the product of their sizes. */
const MAX_PAIRS = 100_000;
/** How far one pair may lead to the next before the stack is at risk. */
const MAX_PAIR_DEPTH = 1_500;

/** What has been found for pairs of types, each compared once: recursive schemas have no end. */
export interface PairMemo<R> {
  /**
   * The result of a pair: from before, `meanwhile` while it is being computed (a recursive type within itself), or from
   * `compute`. NOT_SUPPORTED when the schemas lead to too many pairs.
   */
  of(left: AvroType, right: AvroType, meanwhile: R, compute: () => R): R;
  /** The finished result of a pair that was asked for before. */
  known(left: AvroType, right: AvroType): R | undefined;
}

/** An empty memo. */
export function pairMemo<R>(): PairMemo<R> {
  const results = new Map<AvroType, Map<AvroType, R>>();
  let pairs = 0;
  let depth = 0;
  return {
    known: (left, right) => results.get(left)?.get(right),
    of(left, right, meanwhile, compute) {
      const row = results.get(left) ?? new Map<AvroType, R>();
      results.set(left, row);
      const known = row.get(right);
      if (known !== undefined) return known;
      if (++pairs > MAX_PAIRS || ++depth > MAX_PAIR_DEPTH) throw tooMany();
      row.set(right, meanwhile);
      const result = compute();
      row.set(right, result);
      depth--;
      return result;
    },
  };
}

function tooMany(): StatewrightError {
  const reason = `two recursive schemas lead to more than ${MAX_PAIRS} pairs of types, or to ${MAX_PAIR_DEPTH} inside each other`;
  return new StatewrightError('NOT_SUPPORTED', { kind: 'Avro schema', reason });
}
