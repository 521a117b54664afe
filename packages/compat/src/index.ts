export { type CheckOptions, checkSnapshot } from './check/check-snapshot.js';
export { type AvscFile, withAvsc } from './check/with-avsc.js';
export { type Baseline, type BaselineEntry, baselineText, readBaseline } from './config/baseline.js';
export { configSchema } from './config/config-schema.js';
export { type Judgement, judge } from './config/judge.js';
export type { Policy, RuleSetting, ScopedIgnore } from './config/policy.js';
export { type Config, readConfig } from './config/read-config.js';
export { CONTRACT_SCHEMA } from './contract/contract-schema.js';
export { readContract } from './contract/read-contract.js';
export type { ReadBeside } from './contract/read-types.js';
export { parseType, type TypeContext } from './contract/type-syntax/parse-type.js';
export { type PrintOptions, printType } from './contract/type-syntax/print-type.js';
export { type ContractOptions, writeContract } from './contract/write-contract.js';
export { type ExplainOptions, explainLog } from './explain/explain-log.js';
export type { Clues, KnownMessage, Reading } from './explain/known-message.js';
export { KNOWN_MESSAGES } from './explain/messages/index.js';
export { type Finding, LEVELS, type Level, SEVERITIES, type Severity, type Suppression } from './finding.js';
export { type FlinkConfig, type FlinkSetting, readFlinkConfig } from './lint/flink-config.js';
export type { Depth, LintInput } from './lint/gather-facts.js';
export { type LintOptions, lintSnapshot } from './lint/lint-snapshot.js';
export type { NoteCode } from './resolve/note-codes.js';
export { predictOn } from './resolve/predict.js';
export { flinkVersion } from './resolve/releases.js';
export {
  type PlacedResolution,
  type PlaceOptions,
  resolveInPlace,
  resolveSchemaCompatibility,
} from './resolve/resolve.js';
export { RULES } from './rules/index.js';
export type { RuleDocs, RuleRow, RuleThreshold } from './rules/rule.js';
export { jobSchemaOf } from './schema/from-snapshot.js';
export type {
  InlineIgnore,
  JobSchema,
  OperatorSchema,
  SchemaSource,
  SourcePlace,
  StateDeclaration,
} from './schema/job-schema.js';
export type {
  Answer,
  BackendName,
  FlinkVersion,
  PathNote,
  Place,
  Resolution,
  Target,
  Verdict,
} from './verdict.js';
export type {
  CheckView,
  CompatView,
  ExplainedCause,
  ExplainLogView,
  ExplainRulesView,
  ExplainRuleView,
  FindingCounts,
  LintView,
  PathVerdict,
  PlaceVerdict,
  StateVerdictView,
  VerdictWord,
} from './views.js';
export { readDocument } from './yaml/read-document.js';
export type { TextPlace, YamlText } from './yaml/read-yaml.js';
export type { JsonSchema } from './yaml/require-schema.js';
