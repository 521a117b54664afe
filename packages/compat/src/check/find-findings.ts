import type { Finding } from '../finding.js';
import type { NoteCode } from '../resolve/note-codes.js';
import {
  type CheckRule,
  type Grade,
  type Graded,
  MISREAD,
  type NoteAt,
  REFUSED,
} from '../rules/check/check-rule.js';
import { makeFinding } from '../rules/make-finding.js';
import type { SourcePlace } from '../schema/job-schema.js';
import type { PathNote } from '../verdict.js';
import type { JobPair, OperatorPair, PlacePair, StatePair } from './pairs.js';
import { refusesNote } from './refuses-note.js';

/** The rules of a check: all of them, and which of them each code of the comparison belongs to. */
export interface CheckRules {
  readonly rules: readonly CheckRule[];
  readonly ofNote: { readonly [code in NoteCode]: CheckRule };
}

/** What the rules find in a job, in the order of its states; the same thing met in several states is said once. */
export function findFindings(job: JobPair, table: CheckRules): readonly Finding[] {
  const found = [
    ...handled(table.rules, (rule) => rule.job?.(job)),
    ...job.operators.flatMap((operator) => [
      ...handled(table.rules, (rule) => rule.operator?.(operator, job)),
      ...operator.states.flatMap((state) => [
        ...handled(table.rules, (rule) => rule.state?.(state, operator, job)),
        ...state.places.flatMap((place) => ofPlace(place, state, operator, job, table)),
      ]),
    ]),
  ];
  return [...new Map(found.map((one) => [`${one.fingerprint} ${one.reason}`, one])).values()];
}

function handled(
  rules: readonly CheckRule[],
  ask: (rule: CheckRule) => Iterable<Graded> | undefined,
): Finding[] {
  return rules.flatMap((rule) => [...(ask(rule) ?? [])].map((found) => graded(rule, found)));
}

function graded({ row }: CheckRule, { grade, ...found }: Graded): Finding {
  return { ...makeFinding(row, found), ...grade };
}

/** A finding for every note of a place. */
function ofPlace(
  place: PlacePair,
  state: StatePair,
  operator: OperatorPair,
  job: JobPair,
  { rules, ofNote }: CheckRules,
): Finding[] {
  if (place.place === 'timer' && hasRefusedKey(state)) return [];
  const base = pathOf(place, state, operator);
  const shared = base.owner === operator.address;
  return place.resolution.notes.map((note) => {
    const at: NoteAt = { note, path: [base.path, ...note.path].join(' > '), place, state, operator, job };
    const rule = rules.find(({ takes }) => takes?.(at) === true) ?? ofNote[note.code];
    return graded(rule, {
      operator: operator.address,
      state: shared ? undefined : state.address,
      path: at.path,
      reason: rule.reason?.(at) ?? note.reason,
      next: rule.next?.(at) ?? DEFAULT_NEXT,
      before: placeOf(note.old) ?? state.old?.place,
      now: placeNow(at),
      facts: [note.code, note.reason],
      grade: gradeOf(rule, at),
    });
  });
}

/** The key is also a part of timers: it is said once. */
function hasRefusedKey({ places }: StatePair): boolean {
  return places.some(({ place, resolution }) => place === 'key' && resolution.restores === 'no');
}

const DEFAULT_NEXT = 'keep the old type, or start this state anew under another name';

/** All keyed states of an operator have one key: what is to be said of it is said of the operator. */
export function pathOf(
  { place, label }: PlacePair,
  state: StatePair,
  operator: OperatorPair,
): { readonly owner: string; readonly path: string } {
  const owner = place === 'key' ? operator.address : state.address;
  return { owner, path: `${owner} > ${label}` };
}

/** How much a note counts: refused, misread, or else as its rule says. What Flink takes is no reason to fail the restore. */
function gradeOf({ row, accepted, taken }: CheckRule, at: NoteAt): Grade {
  const { note, place } = at;
  if (taken !== undefined) return taken;
  if (refusesNote(note, place.resolution, place.place)) return REFUSED;
  if (note.verdict !== 'UNKNOWN' && note.readable === 'no') return MISREAD;
  const told = typeof accepted === 'function' ? accepted(at) : accepted;
  if (told !== undefined) return told;
  const isTaken = place.resolution.restores === 'yes' && note.verdict !== 'UNKNOWN';
  if (row.level !== 'restore' || !isTaken) return { level: row.level, severity: row.severity };
  return { level: 'data', severity: note.readable === 'yes' ? 'note' : 'warning' };
}

/** A contract has lines where a snapshot has bytes; what is only imagined, or taken from the old side, has no place. */
function placeNow({ note, state, job }: NoteAt): SourcePlace | undefined {
  if (job.predicted || (note.now !== undefined && note.now.file === note.old?.file)) return undefined;
  return (job.now.source.kind === 'snapshot' ? placeOf(note.now) : undefined) ?? state.now?.place;
}

function placeOf(span: PathNote['old']): SourcePlace | undefined {
  return span === undefined ? undefined : { file: span.file, start: span.start, end: span.end };
}
