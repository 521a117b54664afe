export {
  type BytesPart,
  type BytesView,
  bytesAt,
  entryBytesView,
  metadataBytesView,
  stateBytesView,
} from './bytes/bytes-view.js';
export type { SpanNode } from './bytes/span-node.js';
export { closest } from './closest.js';
export { type Describe, describer } from './describe.js';
export type {
  ChangeKind,
  DiffCounts,
  Difference,
  DiffVerdict,
  DiffView,
  EntryChange,
  FieldChange,
  OperatorDiff,
  Presence,
  SchemaChange,
  SchemaPlace,
  StateDiff,
  UnreadDiff,
} from './diff/diff-views.js';
export type { DiffSide } from './diff/pair-states.js';
export { type DiffOptions, type SnapshotDiff, snapshotDiff } from './diff/snapshot-diff.js';
export { type ColumnType, type ExportColumn, exportColumns } from './export/export-columns.js';
export { type ExportOptions, exportLines } from './export/export-lines.js';
export { type LineChunk, textLines } from './export/line-chunks.js';
export type { Scratch } from './export/sorted-rows.js';
export { findOperator, findOperators, findState, findStates } from './find-state.js';
export { findEntries, type GetOptions, getLines } from './get/get-lines.js';
export { inspectView } from './inspect-view.js';
export { addressOf } from './names.js';
export type { Progress } from './progress.js';
export { splitReadable, type Unreadable, unknownStates } from './readable.js';
export { schemaView } from './schema-view.js';
export type { Distribution, Octave } from './stats/histogram.js';
export type { LargestEntry } from './stats/largest-entry.js';
export { type StatsOptions, statsView } from './stats/stats-view.js';
export type {
  AgeBucket,
  KeyGroupStats,
  OpaqueStats,
  StateStats,
  StatsView,
  TimerStats,
  TopEntry,
  TtlStats,
} from './stats/stats-views.js';
export { typeText } from './type-text.js';
export type {
  Backend,
  InspectView,
  JsonLong,
  OpaquePart,
  OperatorNames,
  OperatorView,
  SchemaView,
  SnapshotSummary,
  StateSchema,
  StateView,
  StreamView,
  ViewDocument,
} from './views.js';
export {
  compileExpression,
  type Expression,
  type ExpressionOptions,
  type ExpressionResult,
} from './where/expression.js';
export { compileWhere, type Verdict, type Where } from './where/where.js';
