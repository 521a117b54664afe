import type { JobPair, OperatorPair, PlacePair, StatePair } from '../../check/pairs.js';
import type { Level, Severity } from '../../finding.js';
import type { PathNote } from '../../verdict.js';
import type { Found } from '../make-finding.js';
import type { RuleRow } from '../rule.js';

/** How much a finding counts. */
export interface Grade {
  readonly level: Level;
  readonly severity: Severity;
}

/** What a handler found; its grade where it is not the rule's own. */
export interface Graded extends Found {
  readonly grade?: Grade;
}

/** A note of the comparison with everything around it. */
export interface NoteAt {
  readonly note: PathNote;
  /** `OPERATOR/STATE > value > field x`. */
  readonly path: string;
  readonly place: PlacePair;
  readonly state: StatePair;
  readonly operator: OperatorPair;
  readonly job: JobPair;
}

/**
 * A rule over an old and a new side. Every NoteCode belongs to one rule (`RULE_OF_NOTE`); a rule may also look at pairs
 * itself, or take over notes of another rule that it knows more about. All of it is pure.
 */
export interface CheckRule {
  readonly row: RuleRow;
  /** It says that nobody can tell whether Flink refuses: such a finding fails with 21, not 20. */
  readonly undecided?: true;
  /** How much a note counts where Flink goes on and the values come back; default: as the row says. */
  readonly accepted?: Grade | ((at: NoteAt) => Grade | undefined);
  /** What to do about a note: one sentence without a full stop, or a command. */
  readonly next?: (at: NoteAt) => string;
  /** Takes a note from the rule that its code belongs to. The first rule of the table that wants it gets it. */
  readonly takes?: (at: NoteAt) => boolean;
  /** How much every note counts that it takes; default: as for any other note. */
  readonly taken?: Grade;
  /** The sentence of a note, where the comparison's own does not say enough. */
  readonly reason?: (at: NoteAt) => string;
  readonly job?: (job: JobPair) => Iterable<Graded>;
  readonly operator?: (operator: OperatorPair, job: JobPair) => Iterable<Graded>;
  readonly state?: (state: StatePair, operator: OperatorPair, job: JobPair) => Iterable<Graded>;
}

/** Flink refuses. */
export const REFUSED: Grade = { level: 'restore', severity: 'error' };
/** Flink goes on, and values are lost or wrong. */
export const MISREAD: Grade = { level: 'data', severity: 'error' };
