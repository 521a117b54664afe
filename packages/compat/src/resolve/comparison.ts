import type { SerializerSnapshot } from '@statewright/serializers';
import type { Answer, PathNote, Verdict } from '../verdict.js';
import type { NoteCode } from './note-codes.js';

/**
 * Whether old bytes come back right, in the two ways in which Flink goes on. Which of them counts depends on the place,
 * the backend and the verdict of the whole, see places.ts.
 */
export interface Readability {
  /** The new (or reconfigured) serializer reads the old bytes. */
  readonly bytes: Answer;
  /** The restored old serializer reads them, and the new one writes the objects it made. */
  readonly objects: Answer;
}

/** A `PathNote` before it is known which way of reading counts. */
export interface Remark extends Omit<PathNote, 'readable'>, Readability {
  /** Where `objects` is `no`: whether writing them throws, so that a migration stops the restore. */
  readonly dies: Answer;
  /** Whether the new serializer, which reads the old bytes right, writes others, so that a key is not found by its bytes. */
  readonly misses: Answer;
}

/** What comparing one node of the old tree with one of the new gives. */
export interface Comparison extends Readability {
  readonly verdict: Verdict;
  /** The check itself throws; then `verdict` is INCOMPATIBLE, and so is all that contains it. */
  readonly throws: string | undefined;
  /** Outermost first. */
  readonly remarks: readonly Remark[];
}

/** Nothing changed and nothing is hidden. */
export const SAME: Comparison = {
  verdict: 'AS_IS',
  throws: undefined,
  bytes: 'yes',
  objects: 'yes',
  remarks: [],
};

/** What a finding at one node says; spans come from the two snapshots. */
export interface Told {
  readonly path: readonly string[];
  readonly code: NoteCode;
  readonly verdict: Verdict;
  readonly reason: string;
  /** Default `no` for INCOMPATIBLE and UNKNOWN, otherwise `yes`. */
  readonly bytes?: Answer;
  /** Default as for `bytes`. */
  readonly objects?: Answer;
  /** Default `no`. */
  readonly dies?: Answer;
  /** Default `no`. */
  readonly misses?: Answer;
}

/** The remark of what was told about two snapshots. */
export function remark(
  told: Told,
  old: SerializerSnapshot | undefined,
  now: SerializerSnapshot | undefined,
): Remark {
  const usual: Answer =
    told.verdict === 'INCOMPATIBLE' ? 'no' : told.verdict === 'UNKNOWN' ? 'unknown' : 'yes';
  return {
    path: told.path,
    code: told.code,
    verdict: told.verdict,
    reason: told.reason,
    bytes: told.bytes ?? usual,
    objects: told.objects ?? usual,
    dies: told.dies ?? 'no',
    misses: told.misses ?? 'no',
    old: old?.span,
    now: now?.span,
  };
}

/** A comparison that has only one thing to say. */
export function single(
  told: Told,
  old: SerializerSnapshot,
  now: SerializerSnapshot,
  throws?: string,
): Comparison {
  const said = remark(told, old, now);
  return { verdict: told.verdict, throws, bytes: said.bytes, objects: said.objects, remarks: [said] };
}

const ANSWERS: readonly Answer[] = ['no', 'unknown', 'yes'];

/** The worst of the answers; `yes` for none. */
export function worst(answers: Iterable<Answer>): Answer {
  let least = ANSWERS.length - 1;
  for (const answer of answers) least = Math.min(least, ANSWERS.indexOf(answer));
  return ANSWERS[least]!;
}

/**
 * The verdict over parts: any INCOMPATIBLE, else any UNKNOWN, else any AFTER_MIGRATION, else any reconfigured, else
 * AS_IS. Follows `CompositeTypeSerializerUtil#constructIntermediateCompatibilityResult`, Flink 1.20 and 2.3; UNKNOWN is
 * ours, and weaker than INCOMPATIBLE because one incompatible part decides.
 */
export function combineVerdicts(verdicts: Iterable<Verdict>): Verdict {
  const order: readonly Verdict[] = [
    'AS_IS',
    'WITH_RECONFIGURED_SERIALIZER',
    'AFTER_MIGRATION',
    'UNKNOWN',
    'INCOMPATIBLE',
  ];
  let most = 0;
  for (const verdict of verdicts) most = Math.max(most, order.indexOf(verdict));
  return order[most]!;
}

/**
 * Several parts as one. Flink stops at the first incompatible part: what a later one throws is not met; but all are
 * looked at here, so that every path is named.
 */
export function combine(parts: readonly Comparison[]): Comparison {
  const first = parts.find(({ verdict }) => verdict === 'INCOMPATIBLE');
  return {
    verdict: combineVerdicts(parts.map(({ verdict }) => verdict)),
    throws: first?.throws,
    bytes: worst(parts.map(({ bytes }) => bytes)),
    objects: worst(parts.map(({ objects }) => objects)),
    remarks: parts.flatMap(({ remarks }) => remarks),
  };
}

/** The same with a remark before all others, which counts for the whole. */
export function withRemark(comparison: Comparison, said: Remark): Comparison {
  return {
    verdict: combineVerdicts([comparison.verdict, said.verdict]),
    throws: comparison.throws,
    bytes: worst([comparison.bytes, said.bytes]),
    objects: worst([comparison.objects, said.objects]),
    remarks: [said, ...comparison.remarks],
  };
}
