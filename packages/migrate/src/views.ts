import type { ErrorCode } from '@statewright/bytes';
import type { CheckView } from '@statewright/compat';
import type { SnapshotSummary } from '@statewright/inspect';
import type { ChangeEvent } from './job/entry-change.js';
import type { Category, StepChange } from './steps/step.js';

/*
 * What plan, apply and verify give: plain JSON, printed as it is with `--format json`, and never thrown.
 */

/**
 * What became of a step: `Success` it was put on the snapshot (plan), or its result is written (apply); `Error` it does not fit
 * the snapshot, or an entry does not fit it; `NotExecuted` something before it went wrong, or nothing was to be written.
 */
export type StepStatus = 'Success' | 'Error' | 'NotExecuted';

/** An error as data; the parts of a `StatewrightError`. */
export interface ErrorView {
  readonly code: ErrorCode;
  /** The whole sentence, as the command line prints it. */
  readonly message: string;
  readonly reason: string;
  readonly next: string | null;
  /** Where: in a snapshot's file by bytes, in a text by line and column. */
  readonly file: string | null;
  readonly start: number | null;
  readonly end: number | null;
  readonly line: number | null;
  readonly column: number | null;
}

/** How often something happened to values. */
export interface EventView {
  readonly what: ChangeEvent;
  readonly count: number;
}

/** One step of a plan. */
export interface StepView {
  /** From 0. */
  readonly index: number;
  readonly verb: string;
  /** In the plan, both from 1. */
  readonly line: number;
  readonly column: number;
  readonly status: StepStatus;
  /** What it does; null where it was not put on the snapshot. */
  readonly category: Category | null;
  readonly changes: readonly StepChange[];
  /** Over all states; empty where no values were converted. */
  readonly events: readonly EventView[];
  readonly error: ErrorView | null;
}

/** A number before and after; null where it was not counted. */
export interface BeforeAfter {
  readonly before: number | null;
  readonly after: number | null;
}

/** A state that is not as it was. */
export interface StateChangeView {
  /** `OPERATOR/STATE` as it will be called; of a state that is left out, as it was. */
  readonly address: string;
  /** `+` new, `-` left out, `~` its entries or types change, `>` it only has another name or place. */
  readonly mark: '+' | '-' | '~' | '>';
  /** 32 hex digits. */
  readonly operatorId: string;
  readonly name: string;
  readonly kind: string;
  /** The states of the snapshot that its entries come from, and files that are loaded. */
  readonly from: readonly string[];
  readonly entries: BeforeAfter;
  /** Bytes of keys and values, framing left out. */
  readonly bytes: BeforeAfter;
  readonly events: readonly EventView[];
  readonly failures: readonly FailureView[];
  readonly samples: readonly SampleView[];
}

/** An entry that did not fit. */
export interface FailureView {
  /** Index of the step. */
  readonly step: number;
  /** In the mapping of `export`. */
  readonly key: unknown;
  readonly reason: string;
}

/** An entry before, and what becomes of it; in the mapping of `export`. */
export interface SampleView {
  readonly before: unknown;
  readonly after: readonly unknown[];
}

/** A plan as it was read. */
export interface PlanSummary {
  readonly file: string;
  /** SHA-256 of its text and of the files it names. */
  readonly digest: string | null;
  /** The Flink release that the result is for. */
  readonly flinkVersion: string;
}

/** What every run tells. */
interface RunView {
  readonly schemaVersion: 1;
  /** Null when the snapshot could not be opened. */
  readonly snapshot: SnapshotSummary | null;
  readonly plan: PlanSummary;
  /** The most that any step does; null when a step failed. */
  readonly category: Category | null;
  readonly steps: readonly StepView[];
  readonly states: readonly StateChangeView[];
  readonly unchangedStates: number;
  /** SHA-256 over the metadata file and path, size and CRC32C of each state file; null where it was not needed. */
  readonly inputDigest: string | null;
  /** The first error, of a step or of the run. */
  readonly error: ErrorView | null;
}

/** What `plan` tells: what would happen. */
export interface PlanView extends RunView {
  readonly view: 'plan';
  /** The verdict on the result's types, where a contract or a snapshot was given. */
  readonly against: CheckView | null;
  /** The file that the plan was saved to. */
  readonly saved: string | null;
}

/** What `apply` tells, and what its report holds: what was done. */
export interface ApplyView extends RunView {
  readonly view: 'apply';
  /** Release of this toolkit. */
  readonly tool: string | null;
  readonly user: string | null;
  /** ISO 8601 in UTC; null without a clock. */
  readonly started: string | null;
  readonly ended: string | null;
  /** The new snapshot's directory. */
  readonly output: string;
  /** State files, by name, and the metadata file last; empty unless the output is whole. */
  readonly files: readonly FileView[];
  /** Files that an earlier run, which was killed, had written. */
  readonly resumedFiles: number;
  readonly reportFile: string | null;
}

/** A file of the output. */
export interface FileView {
  readonly name: string;
  readonly bytes: number;
  readonly crc32c: number;
}

/** What `verify` tells of a snapshot. */
export interface VerifyView {
  readonly schemaVersion: 1;
  readonly view: 'verify';
  readonly snapshot: SnapshotSummary | null;
  readonly streams: number;
  readonly bytes: number;
  readonly states: readonly VerifiedState[];
  /** Damage, in the order in which it lies; empty for a sound snapshot. */
  readonly damage: readonly ErrorView[];
  /** What could not be looked into, and why: one sentence each. */
  readonly notVerified: readonly { readonly address: string; readonly why: string }[];
  /** Files of the directory that no handle leads to. */
  readonly orphans: readonly string[];
  /** Against its source and plan; null where none was given. */
  readonly migration: VerifiedMigration | null;
  readonly error: ErrorView | null;
}

/** A state of which every entry was read. */
export interface VerifiedState {
  readonly address: string;
  /** 32 hex digits. */
  readonly operatorId: string;
  readonly name: string;
  readonly kind: string;
  readonly entries: number;
  readonly keyBytes: number;
  readonly valueBytes: number;
}

/** How a result compares with what its plan makes of its source. */
export interface VerifiedMigration {
  readonly source: string;
  readonly plan: PlanSummary;
  /** Files that hold the bytes that the plan makes. */
  readonly equalFiles: number;
  /** What does not: one sentence each. */
  readonly differences: readonly { readonly what: string; readonly reason: string }[];
  readonly states: readonly StateChangeView[];
  readonly unchangedStates: number;
}
