import type { LintFacts } from '../../lint/facts.js';
import type { Found } from '../make-finding.js';
import type { RuleRow } from '../rule.js';

/** Gives the number of one of the rule's own thresholds: bytes, milliseconds or the plain number. */
export type Thresholds = (name: string) => number;

/** A rule over one snapshot. */
export interface LintRule {
  readonly row: RuleRow;
  /**
   * What it must know to say anything: the schema only, measured values, an earlier snapshot too, or Flink's configuration.
   * A rule whose need is not met is not asked.
   */
  readonly needs: 'schema' | 'values' | 'since' | 'flink-config';
  /** Pure: the same facts give the same findings, in the order of the snapshot. */
  find(facts: LintFacts, threshold: Thresholds): Iterable<Found>;
}
