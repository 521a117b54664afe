import { createHash } from 'node:crypto';
import type { Finding } from '../finding.js';
import type { SourcePlace } from '../schema/job-schema.js';
import type { RuleRow } from './rule.js';

/** What a rule says of one thing that it found. */
export interface Found {
  /** Address of the operator; absent for the job as a whole. */
  readonly operator?: string | undefined;
  /** `OPERATOR/STATE`; absent for an operator or the job as a whole. */
  readonly state?: string | undefined;
  readonly path: string;
  readonly reason: string;
  readonly next: string;
  readonly before?: SourcePlace | undefined;
  readonly now?: SourcePlace | undefined;
  /** Beside rule and path, what makes it another finding: a type, a class. No places, counts, sizes or times. */
  readonly facts?: readonly string[] | undefined;
}

/** A finding of a rule with the rule's own level and severity; nothing suppresses it yet. */
export function makeFinding({ id, level, severity }: RuleRow, found: Found): Finding {
  const { operator, state, path, reason, next, before, now, facts = [] } = found;
  const print = fingerprint(id, path, ...facts);
  return {
    rule: id,
    level,
    severity,
    operator,
    state,
    path,
    reason,
    next,
    before,
    now,
    fingerprint: print,
    suppressed: undefined,
  };
}

/** 32 hex digits that are the same for the same finding in every run and release: a hash of rule, path and facts. */
export function fingerprint(rule: string, path: string, ...facts: readonly string[]): string {
  // JSON keeps the parts apart: no two lists of texts give the same text.
  const text = JSON.stringify([rule, path, ...facts]);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
