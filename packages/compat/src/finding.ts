import type { SourcePlace } from './schema/job-schema.js';

/** Policy levels, each containing those before it. */
export const LEVELS = ['restore', 'data', 'evolve', 'portable'] as const;
/**
 * `restore`: would Flink refuse? `data`: would values vanish or default? `evolve`: can the state still change later?
 * `portable`: will another backend or the next major version take it?
 */
export type Level = (typeof LEVELS)[number];

/** How bad a finding is, least first. */
export const SEVERITIES = ['note', 'warning', 'error'] as const;
/** One of `SEVERITIES`. */
export type Severity = (typeof SEVERITIES)[number];

/** Why a finding does not count; it stays visible. */
export interface Suppression {
  readonly by: 'config' | 'baseline' | 'inline';
  readonly reason: string;
  /** Last day, `YYYY-MM-DD`. */
  readonly until: string | undefined;
}

/** One thing that a rule found. */
export interface Finding {
  /** Id of the rule. */
  readonly rule: string;
  readonly level: Level;
  readonly severity: Severity;
  /** Address of the operator; undefined for the job as a whole. */
  readonly operator: string | undefined;
  /** `OPERATOR/STATE`; undefined for an operator or the job as a whole. */
  readonly state: string | undefined;
  /** For example `fraud-detector/seen-merchants > value > field tags > element`; what it is about, in full. */
  readonly path: string;
  /** One sentence without a full stop, with both sides. */
  readonly reason: string;
  /** What to do next: one sentence, or a command. */
  readonly next: string;
  /** Where it stands in the old snapshot (or the only one). */
  readonly before: SourcePlace | undefined;
  /** Where it stands in the new snapshot or contract. */
  readonly now: SourcePlace | undefined;
  /** The same for the same finding in every run: rule, path and what was found, without places and counts. */
  readonly fingerprint: string;
  readonly suppressed: Suppression | undefined;
}
