export { classLayouts } from './class-file/class-layouts.js';
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
export type { KryoReaderOptions } from './kryo/classes.js';
export { compileKryoReader, type KryoReader } from './kryo/compile-kryo-reader.js';
export { type KryoExtent, kryoExtent } from './kryo/kryo-extent.js';
export type {
  KryoClassLayout,
  KryoField,
  KryoFieldType,
  KryoLayouts,
  ParsedLayout,
  PrimitiveName,
} from './kryo/layout.js';
export type { LayoutError } from './kryo/layout-tokens.js';
export type { KryoGeneration } from './kryo/object-graph.js';
export { parseLayout } from './kryo/parse-layout.js';
export type { Plan, PlanStep } from './plan/plan.js';
export { type PlanOptions, plan } from './plan/plan-migration.js';
export { planSchema } from './plan/plan-schema.js';
export { readPlan } from './plan/read-plan.js';
export { isSavedPlan, readSavedPlan, SAVED_PLAN_SCHEMA, type SavedPlan } from './plan/saved-plan.js';
export { type TriedPlan, type TryOptions, tryPlan } from './plan/try-plan.js';
export { writePlan } from './plan/write-plan.js';
export { apply, applySaved } from './run/apply.js';
export type { ApplyOptions, MigrateOptions } from './run/options.js';
export type { RunProgress } from './run/progress.js';
export type { PlanText } from './run/request.js';
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
export { type VerifyOptions, verify } from './verify/verify.js';
export type {
  ApplyView,
  BeforeAfter,
  ErrorView,
  EventView,
  FailureView,
  FileView,
  PlanSummary,
  PlanView,
  SampleView,
  StateChangeView,
  StepStatus,
  StepView,
  VerifiedMigration,
  VerifiedState,
  VerifyView,
} from './views.js';
