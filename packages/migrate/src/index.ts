export type {
  ChangeEvent,
  ChangeReport,
  Convert,
  EntriesChange,
  EntryChange,
  EntryConverters,
  EntryPart,
  MigratedEntry,
  ValuesChange,
} from './job/entry-change.js';
export { SKIP_ENTRY } from './job/entry-change.js';
export type { LoadFeed } from './job/load-feed.js';
export type { Feed, PlannedJob, PlannedOperator, PlannedState, StateFeed } from './job/planned-job.js';
export type { Plan, PlanStep } from './plan/plan.js';
export { planSchema } from './plan/plan-schema.js';
export { readPlan } from './plan/read-plan.js';
export {
  type PlanSurroundings,
  type ResolvedPlan,
  type ResolvedStep,
  type ResolveOptions,
  resolvePlan,
  type WriteSettings,
} from './run/resolve-plan.js';
export type { StateTally, TaskOutput, TaskResult, WriteTask, WrittenFile } from './run/write-task.js';
export { STEPS } from './steps/index.js';
export { CATEGORIES, type Category, type StepChange, type StepContext, type StepRow } from './steps/step.js';
