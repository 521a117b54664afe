import type { SnapshotSummary, StateView } from '@statewright/inspect';
import type { Finding, Level, Severity } from './finding.js';
import type { RuleRow } from './rules/rule.js';
import type { SchemaSource } from './schema/job-schema.js';
import type { Answer, BackendName, Verdict } from './verdict.js';

/** A verdict in the words of the command line. */
export type VerdictWord =
  | 'compatible as is'
  | 'compatible after migration'
  | 'compatible with reconfigured serializer'
  | 'incompatible'
  /** Flink accepts it; whether the values come back right no bytes tell. */
  | 'opaque'
  | 'unknown'
  /** The old snapshot has it, the new job does not. */
  | 'dropped'
  /** The new job has it, the old snapshot does not: it starts empty. */
  | 'new';

/** One place of a state: its key, namespace, value ... */
export interface PlaceVerdict {
  /** As in paths: `key`, `namespace`, `value`, `user key`, `element`. */
  readonly place: string;
  readonly verdict: Verdict;
  readonly restores: Answer;
  readonly readable: Answer;
  readonly paths: readonly PathVerdict[];
}

/** What one path of a type gives. */
export interface PathVerdict {
  /** `OPERATOR/STATE > value > field tags > element`. */
  readonly path: string;
  readonly verdict: Verdict;
  readonly readable: Answer;
  readonly reason: string;
}

/** What a check says of one state. */
export interface StateVerdictView {
  /** `OPERATOR/STATE`. */
  readonly address: string;
  readonly operator: string;
  readonly name: string;
  readonly kind: StateView['kind'];
  readonly verdict: VerdictWord;
  readonly restores: Answer;
  readonly readable: Answer;
  readonly places: readonly PlaceVerdict[];
}

/** How many findings, after suppression. */
export interface FindingCounts {
  readonly error: number;
  readonly warning: number;
  readonly note: number;
  readonly suppressed: number;
}

interface FindingsBase {
  readonly schemaVersion: 1;
  readonly snapshot: SnapshotSummary;
  readonly level: Level;
  /** Findings of this severity and above fail the command. */
  readonly failOn: Severity | 'never';
  /** The suppressed ones too. Worst first, then by path. */
  readonly findings: readonly Finding[];
  readonly counts: FindingCounts;
  /** The rows of all rules that findings name. */
  readonly rules: readonly RuleRow[];
  readonly exitCode: number;
  /** The command to run next, or a sentence. */
  readonly next: string;
}

/** What `check` shows. */
export interface CheckView extends FindingsBase {
  readonly view: 'check';
  readonly against: SchemaSource;
  readonly target: { readonly flink: string; readonly source: string | null; readonly backend: BackendName };
  readonly states: readonly StateVerdictView[];
}

/** What `lint` shows. */
export interface LintView extends FindingsBase {
  readonly view: 'lint';
  /** The earlier snapshot that growth is measured from. */
  readonly since: SnapshotSummary | null;
  /** How many states and operators were looked at. */
  readonly looked: { readonly operators: number; readonly states: number };
}

/** What `explain` shows, of a rule. */
export interface ExplainRuleView {
  readonly schemaVersion: 1;
  readonly view: 'explain-rule';
  readonly rule: RuleRow;
}

/** What `explain --list` shows. */
export interface ExplainRulesView {
  readonly schemaVersion: 1;
  readonly view: 'explain-rules';
  readonly rules: readonly RuleRow[];
}

/** What `explain` shows, of a stack trace or log. */
export interface ExplainLogView {
  readonly schemaVersion: 1;
  readonly view: 'explain-log';
  readonly causes: readonly ExplainedCause[];
}

/** One known message in a log. */
export interface ExplainedCause {
  /** Id of the known message. */
  readonly message: string;
  /** Flink releases that print it, first and last. */
  readonly flink: string;
  /** The line of the log it was found in, and its number from 1. */
  readonly line: { readonly number: number; readonly text: string };
  readonly operator: string | null;
  readonly state: string | null;
  readonly field: string | null;
  readonly cause: string;
  /** Commands and sentences. */
  readonly next: readonly string[];
  /** Rules that would have found it. */
  readonly rules: readonly string[];
  /** Paths in the snapshot that stood beside it. */
  readonly paths: readonly string[];
}

/** Every view of this package. */
export type CompatView = CheckView | LintView | ExplainRuleView | ExplainRulesView | ExplainLogView;
