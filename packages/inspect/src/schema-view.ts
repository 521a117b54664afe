import type { Operator, Savepoint, State } from '@statewright/savepoint';
import { type Describe, namespaceOf } from './describe.js';
import { addressOf } from './names.js';
import { opaqueParts } from './opaque-parts.js';
import { summarize } from './summary.js';
import { typeLines } from './type-lines.js';
import type { OperatorNames, SchemaView, StateSchema } from './views.js';

/** The types of the given states. */
export function schemaView(
  savepoint: Savepoint,
  path: string,
  states: readonly State[],
  describe: Describe,
): SchemaView {
  return {
    schemaVersion: 1,
    view: 'schema',
    snapshot: summarize(savepoint, path),
    states: states.map((state) => stateSchema(state, describe)),
  };
}

function stateSchema(state: State, describe: Describe): StateSchema {
  const key = state.keySerializer === undefined ? undefined : describe(state.keySerializer);
  const namespace = namespaceOf(state, describe);
  const value = describe(state.valueSerializer);
  return {
    operator: operatorNames(state.operator),
    name: state.name,
    kind: state.kind,
    address: addressOf(state),
    ttl: state.ttl,
    key: key ?? null,
    namespace: namespace ?? null,
    value,
    text: {
      key: key === undefined ? null : typeLines(key),
      namespace: namespace === undefined ? null : typeLines(namespace),
      value: typeLines(value),
    },
    opaque: [...(key === undefined ? [] : opaqueParts(key, 'key')), ...opaqueParts(value, 'value')],
  };
}

/** The names of an operator, with null for what the snapshot does not tell. */
export function operatorNames(operator: Operator): OperatorNames {
  const { id, uid, uidFrom, name } = operator;
  return { id, uid: uid ?? null, uidFrom: uidFrom ?? null, name: name ?? null };
}
