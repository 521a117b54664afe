export { type Describe, describer } from './describe.js';
export { findOperator, findState, findStates } from './find-state.js';
export { inspectView } from './inspect-view.js';
export { addressOf, operatorAddress } from './names.js';
export { schemaView } from './schema-view.js';
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
