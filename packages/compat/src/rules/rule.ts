import type { Level, Severity } from '../finding.js';

/** What every rule tells of itself: the row from which docs, help, `explain` and the formats for CI are made. */
export interface RuleRow {
  /** Kebab case; never used again for something else. */
  readonly id: string;
  /** One line without a full stop: what it finds. */
  readonly purpose: string;
  readonly level: Level;
  readonly severity: Severity;
  /** The release of this toolkit that had it first. */
  readonly since: string;
  /** A retired rule stays as a row: which rules do its work now. */
  readonly replacedBy?: readonly string[];
  /** What `statewright.yaml` can set beside the severity; a rule without numbers of its own has none. */
  readonly thresholds?: readonly RuleThreshold[];
  readonly docs: RuleDocs;
}

/** A number that decides whether a rule finds something. */
export interface RuleThreshold {
  /** Camel case; its key in `statewright.yaml`. */
  readonly name: string;
  /** `count`: a whole number; `ratio`: any number from 0; `bytes`: also `64 mb`; `duration`: milliseconds, also `7d`. */
  readonly kind: 'count' | 'ratio' | 'bytes' | 'duration';
  /** Bytes, milliseconds or the plain number. */
  readonly default: number;
  /** What it is compared with and why it has that default: one sentence without a full stop. */
  readonly why: string;
}

/** What `explain RULE` and the rule's page say; plain text, paragraphs without markup but `code`. */
export interface RuleDocs {
  /** What happens in Flink. */
  readonly what: string;
  /** What it does to the values or the job. */
  readonly harm: string;
  /** How to mend it. */
  readonly remedy: string;
}
