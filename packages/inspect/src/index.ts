export { type Describe, describer } from './describe.js';
export { LineWriter } from './export/entry-line.js';
export { type ColumnType, type ExportColumn, exportColumns } from './export/export-columns.js';
export { sortKeys } from './export/sort-key.js';
export { type Scratch, SortedRows } from './export/sorted-rows.js';
export { findOperator, findState, findStates } from './find-state.js';
export { inspectView } from './inspect-view.js';
export { addressOf, operatorAddress } from './names.js';
export { schemaView } from './schema-view.js';
export { type Distribution, Histogram } from './stats/histogram.js';
export { StateAccumulator } from './stats/state-accumulator.js';
export type {
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
export { compileWhere, type Verdict, type Where } from './where/where.js';
