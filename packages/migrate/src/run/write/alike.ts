import { DataOutputView } from '@statewright/bytes';
import type { State, StateStream, StreamState, ValueRewrite } from '@statewright/savepoint';
import {
  type SerializerSnapshot,
  type SnapshotFormat,
  writeSerializerSnapshot,
} from '@statewright/serializers';
import type { PlannedOperator, PlannedState } from '../../job/planned-job.js';
import { stateLabel } from '../../job/select.js';
import { isPojo } from '../../types/pojo.js';
import { cannotMigrate } from '../resolve-plan.js';
import { SERIALIZERS } from './new-headers.js';
import { isUntouched, ownSource } from './operator-shape.js';

/** A state in a stream, and in the first stream that holds it: what plans are made for. */
interface OwnAndModel {
  readonly own: StreamState;
  readonly model: StreamState;
}

function ownAndModel(from: State, stream: StateStream): OwnAndModel {
  const first = from.parts[0]!;
  const part = from.parts.find((each) => each.stream === stream)!;
  return { own: stream.states[part.stateId]!, model: first.stream.states[first.stateId]! };
}

/** Whether two serializers are written alike. */
function alike(
  a: SerializerSnapshot | undefined,
  b: SerializerSnapshot | undefined,
  formats: readonly SnapshotFormat[],
): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  const [left, right] = [a, b].map((snapshot) => {
    const output = new DataOutputView();
    writeSerializerSnapshot(output, snapshot, formats);
    return output.view();
  });
  return Buffer.compare(left!, right!) === 0;
}

/**
 * Whether two serializers differ in nothing but the subclasses of POJOs that each has met: their names stand in the values,
 * so that one reads what the other wrote, but for subclasses that it does not know.
 */
function alikeButForSubclasses(
  a: SerializerSnapshot | undefined,
  b: SerializerSnapshot | undefined,
  formats: readonly SnapshotFormat[],
): boolean {
  if (alike(a, b, formats)) return true;
  if (a === undefined || b === undefined || a.className !== b.className || a.version !== b.version)
    return false;
  const same = (left: readonly Named[], right: readonly Named[]): boolean =>
    left.length === right.length &&
    left.every(({ name, value }, i) => {
      const other = right[i]!;
      return name === other.name && alikeButForSubclasses(value, other.value, formats);
    });
  if (isPojo(a) && isPojo(b)) {
    return (
      a.pojoClass === b.pojoClass &&
      same(a.fields, b.fields) &&
      same(a.registeredSubclasses, b.registeredSubclasses)
    );
  }
  const nested = (snapshot: SerializerSnapshot): Named[] =>
    snapshot.nested.map((value, i) => ({ name: String(i), value }));
  return a.nested.length > 0 && plainParts(a) === plainParts(b) && same(nested(a), nested(b));
}

interface Named {
  readonly name: string;
  readonly value: SerializerSnapshot | undefined;
}

/** What a node says beside the nodes in it and its place. */
function plainParts(snapshot: SerializerSnapshot): string {
  return JSON.stringify(Object.entries(snapshot).filter(([, value]) => typeof value !== 'object'));
}

/** The serializer that a stream's values are read with for a change that was planned for the first stream's; undefined: its own. */
export function plannedReading(
  state: PlannedState,
  from: State,
  stream: StateStream,
  formats: readonly SnapshotFormat[],
): SerializerSnapshot | undefined {
  const { own, model } = ownAndModel(from, stream);
  if (own === model || state.valueSerializer === model.valueSerializer) return undefined;
  return alike(own.valueSerializer, model.valueSerializer, formats) ? undefined : model.valueSerializer;
}

/**
 * Throws when a change was planned for serializers that a stream does not have: subtasks may have registered other
 * subclasses or Kryo classes than the first one.
 */
export function expectAlike(
  operator: PlannedOperator,
  states: readonly (PlannedState | undefined)[],
  stream: StateStream,
  formats: readonly SnapshotFormat[],
): void {
  for (const state of states) {
    if (state === undefined) continue;
    const { own, model } = ownAndModel(ownSource(operator, state)!, stream);
    if (own === model) continue;
    const touched = !isUntouched(state);
    const other = SERIALIZERS.find(
      (field) =>
        (touched || state[field] !== model[field]) &&
        !alikeButForSubclasses(own[field], model[field], formats),
    );
    if (other === undefined) continue;
    const reason = `subtask ${stream.subtask} holds ${stateLabel(operator, state)} with another ${other} than the first subtask, so that one change cannot be made for both`;
    throw cannotMigrate('state', reason);
  }
}

const SAME = (value: unknown): unknown => value;

/** The parts that must be written anew because a stream has other serializers than the header that its entries get. */
export function reencodedParts(
  from: State,
  stream: StateStream,
  formats: readonly SnapshotFormat[],
): ValueRewrite | undefined {
  const { own, model } = ownAndModel(from, stream);
  if (own === model) return undefined;
  const parts: { -readonly [part in keyof ValueRewrite]: ValueRewrite[part] } = {};
  const differs = (field: (typeof SERIALIZERS)[number]): boolean => !alike(own[field], model[field], formats);
  // The keys of a broadcast map are user keys here.
  if (differs('keySerializer')) parts[from.kind === 'broadcast' ? 'userKey' : 'key'] = SAME;
  if (differs('namespaceSerializer')) parts.namespace = SAME;
  if (differs('userKeySerializer')) parts.userKey = SAME;
  if (differs('valueSerializer')) {
    parts.element = SAME;
    if (from.kind === 'map') parts.userKey = SAME;
    if (from.kind === 'timer') parts.key = parts.namespace = SAME;
  }
  return Object.keys(parts).length === 0 ? undefined : parts;
}
