import type { CompositeSnapshot, SerializerSnapshot } from '@statewright/serializers';
import type { Told } from '../comparison.js';
import {
  GENERIC_ARRAY,
  isOldGenericArray,
  LINKED_LIST,
  NFA_STATE,
  NULLABLE,
  ROW,
  SCALA_CASE_CLASS,
  SCALA_TRAVERSABLE,
  SCALA_TUPLE2,
  TWO_PHASE_COMMIT,
  TWO_PHASE_COMMIT_LEGACY,
} from '../snapshot-kinds.js';

/** What is wrong with the outer part; `foreign`: the old class is another; undefined: nothing. */
type OuterVerdict = Omit<Told, 'path'> | 'foreign' | undefined;
type OuterRule = (old: SerializerSnapshot, now: CompositeSnapshot<unknown>) => OuterVerdict;

/** Equal outer parts of one class, or what is told. */
function rule(tell: (old: unknown, now: unknown) => Omit<Told, 'path'>): OuterRule {
  return (old, now) => {
    if (old.className !== now.className) return 'foreign';
    const before = (old as CompositeSnapshot<unknown>).outer;
    return before === now.outer ? undefined : tell(before, now.outer);
  };
}

const COMPONENT_CLASS: OuterRule = (old, now) => {
  const isFormer = isOldGenericArray(old);
  if (!isFormer && old.className !== now.className) return 'foreign';
  const before = isFormer ? old.componentClass : (old as CompositeSnapshot<unknown>).outer;
  if (before === now.outer) return undefined;
  const reason = `the array held ${before}, and the new job has an array of ${now.outer}`;
  return { code: 'class-changed', verdict: 'INCOMPATIBLE', reason };
};

const CASE_CLASS = rule((old, now) => ({
  code: 'class-changed',
  verdict: 'INCOMPATIBLE',
  reason: `the case class was ${old}, but the new job has ${now}`,
}));

const SUPPORTS_NULL = rule((old) => ({
  code: 'serializer-changed',
  verdict: 'AFTER_MIGRATION',
  reason: `the pending transaction could ${old === true ? '' : 'not '}be missing, and now can${old === true ? 'not' : ''}`,
}));

/**
 * The classes that compare their own part and take no other class as the old one; every other composite takes any.
 * Follows the overrides of `CompositeTypeSerializerSnapshot#resolveOuterSchemaCompatibility`, Flink 1.20 and 2.3.
 */
export const OUTER_RULES: ReadonlyMap<string, OuterRule> = new Map([
  [
    ROW,
    rule((old) => ({
      code: 'row-kind-changed',
      verdict: 'AFTER_MIGRATION',
      reason: `rows were written with${old === true ? '' : 'out'} their kind, and the new job writes them with${old === true ? 'out' : ''} it`,
    })),
  ],
  [
    NULLABLE,
    rule((old, now) => ({
      code: 'nullable-changed',
      verdict: 'INCOMPATIBLE',
      reason: `a missing value took ${old} bytes, and in the new job takes ${now}`,
    })),
  ],
  [GENERIC_ARRAY, COMPONENT_CLASS],
  [
    LINKED_LIST,
    rule((old) => ({
      code: 'nullable-changed',
      verdict: 'AFTER_MIGRATION',
      reason: `the list was written with${old === true ? '' : 'out'} a mask of its nulls, and the new job writes it with${old === true ? 'out' : ''} one`,
    })),
  ],
  [SCALA_CASE_CLASS, CASE_CLASS],
  [SCALA_TUPLE2, CASE_CLASS],
  [
    SCALA_TRAVERSABLE,
    rule(() => ({
      code: 'serializer-changed',
      verdict: 'INCOMPATIBLE',
      reason: 'the code that builds the Scala collection is another',
    })),
  ],
  [
    NFA_STATE,
    rule((old) => ({
      code: 'serializer-changed',
      verdict: 'AFTER_MIGRATION',
      reason: `states of the pattern were written with${old === true ? '' : 'out'} the previous timestamp, and the new job writes them with${old === true ? 'out' : ''} it`,
    })),
  ],
  [TWO_PHASE_COMMIT, SUPPORTS_NULL],
  [TWO_PHASE_COMMIT_LEGACY, SUPPORTS_NULL],
]);
