import type { JsonSchema } from '@statewright/compat';
import type { PlannedJob } from '../job/planned-job.js';
import type { PlanStep } from '../plan/plan.js';

/** What a step does to the data, from the least to the most. */
export const CATEGORIES = ['nothing', 'metadata', 'rewriting', 'lossy'] as const;

/** One of `CATEGORIES`: `lossy` is `rewriting` that cannot be undone. */
export type Category = (typeof CATEGORIES)[number];

/** One line of what a step changes, as `plan` prints it. */
export interface StepChange {
  /** `+` added, `-` removed, `~` changed, `>` renamed or moved. */
  readonly mark: '+' | '-' | '~' | '>';
  /** `OPERATOR` or `OPERATOR/STATE` as it is called before the step. */
  readonly address: string;
  /** What becomes of it: one phrase, for example `score: int → long`. */
  readonly what: string;
  readonly category: Category;
  /** Why it is lossy: what is lost. */
  readonly loses?: string | undefined;
}

/** What a step gets beside the job and its options. */
export interface StepContext {
  readonly step: PlanStep;
  /** The Flink release that will restore the result, for example `1.20`; what serializers are written for. */
  readonly flinkVersion: string;
  /** Says what the step changes; a step that says nothing changes nothing. */
  change(change: StepChange): void;
  /** A file that the plan names, relative to the plan; USAGE when it cannot be read. */
  readFile(name: string): Promise<Uint8Array>;
  /** Opens a file that the plan names for reading in pieces; gives its path in `savepoint.fs`'s form. */
  pathOf(name: string): string;
  /** Loads the JS/TS module that the plan names; its code is run, which only a plan can ask for. */
  loadModule(name: string): Promise<{ readonly [name: string]: unknown }>;
  /** Milliseconds since the epoch by the caller's clock, for steps that ask for now. */
  readonly nowMillis: bigint;
}

/** A row of the table of steps: a verb, its options, and what it makes of a job. */
export interface StepRow {
  readonly verb: string;
  /** One sentence without a full stop. */
  readonly purpose: string;
  /** What it does at most. */
  readonly category: Exclude<Category, 'nothing'>;
  /** Release of this toolkit that had it first. */
  readonly since: string;
  /** JSON Schema of the options (an object; unknown keys are rejected); descriptions become the docs. */
  readonly options: JsonSchema;
  /** YAML of one step as a user writes it, run by a test: docs/migrations shows it. */
  readonly example: string;
  /** Throws what `context.step.error` gives for options that do not fit the job. */
  apply(job: PlannedJob, context: StepContext): PlannedJob | Promise<PlannedJob>;
}
