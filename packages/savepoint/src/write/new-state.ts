import { DataOutputView, StatewrightError } from '@statewright/bytes';
import {
  type SerializerSnapshot,
  type SnapshotFormat,
  writeSerializerSnapshot,
} from '@statewright/serializers';
import { BACKEND_STATE_TYPE, type MetaInfoFields, writeStateMetaInfo } from '../headers/state-meta-info.js';
import { hasTtl } from '../headers/ttl.js';
import type { StateKind, StreamState } from '../model.js';

/** A state as it will stand in a stream's header. */
export type NewState = Pick<
  StreamState,
  | 'name'
  | 'kind'
  | 'keySerializer'
  | 'namespaceSerializer'
  | 'valueSerializer'
  | 'stateV2'
  | 'userKeySerializer'
>;

/** Of a kind: its backend state type, and the option that tells the kind. */
interface KindRow {
  readonly type: number;
  readonly option?: readonly [name: string, value: string];
}

const keyed = (value: string): KindRow => ({
  type: BACKEND_STATE_TYPE.KEY_VALUE,
  option: ['KEYED_STATE_TYPE', value],
});

const list = (mode: string): KindRow => ({
  type: BACKEND_STATE_TYPE.OPERATOR,
  option: ['OPERATOR_STATE_DISTRIBUTION_MODE', mode],
});

const KINDS: { readonly [kind in StateKind]: KindRow } = {
  value: keyed('VALUE'),
  list: keyed('LIST'),
  map: keyed('MAP'),
  reducing: keyed('REDUCING'),
  aggregating: keyed('AGGREGATING'),
  folding: keyed('FOLDING'),
  unknown: keyed('UNKNOWN'),
  timer: { type: BACKEND_STATE_TYPE.PRIORITY_QUEUE },
  'operator-list': list('SPLIT_DISTRIBUTE'),
  'union-list': list('UNION'),
  broadcast: {
    type: BACKEND_STATE_TYPE.BROADCAST,
    option: ['OPERATOR_STATE_DISTRIBUTION_MODE', 'BROADCAST'],
  },
};

/** The meta info of a state that a header has not had. Serializers stand in the order of Flink's hash maps. */
function freshMetaInfo(state: NewState): MetaInfoFields {
  const row = KINDS[state.kind];
  const serializers = new Map<string, SerializerSnapshot>();
  if (state.kind === 'broadcast') serializers.set('KEY_SERIALIZER', state.keySerializer!);
  if (state.namespaceSerializer !== undefined && state.kind !== 'timer')
    serializers.set('NAMESPACE_SERIALIZER', state.namespaceSerializer);
  if (state.userKeySerializer !== undefined) serializers.set('USER_KEY_SERIALIZER', state.userKeySerializer);
  serializers.set('VALUE_SERIALIZER', state.valueSerializer);
  return {
    name: state.name,
    backendStateType: state.stateV2 ? BACKEND_STATE_TYPE.KEY_VALUE_V2 : row.type,
    options: new Map(row.option === undefined ? [] : [row.option]),
    serializers,
  };
}

/** The meta info of a state: in the order of what the header had, where it had the state. */
export function metaInfoOf(state: NewState, old: StreamState | undefined): MetaInfoFields {
  const fresh = freshMetaInfo(state);
  const stored = old?.metaInfo;
  if (stored === undefined) return fresh;
  return {
    ...fresh,
    options: inOrderOf(fresh.options, stored.options),
    serializers: inOrderOf(fresh.serializers, stored.serializers),
  };
}

/** The entries of a map, those that another one has in its order. */
function inOrderOf<V>(map: ReadonlyMap<string, V>, order: ReadonlyMap<string, unknown>): Map<string, V> {
  const known = [...order.keys()].filter((key) => map.has(key));
  const others = [...map.keys()].filter((key) => !order.has(key));
  return new Map([...known, ...others].map((key) => [key, map.get(key)!]));
}

/** The bytes of a state's meta info. */
export function metaInfoBytes(
  state: NewState,
  old: StreamState | undefined,
  formats: readonly SnapshotFormat[],
): Uint8Array {
  const output = new DataOutputView();
  writeStateMetaInfo(output, metaInfoOf(state, old), (to, snapshot) =>
    writeSerializerSnapshot(to, snapshot, formats),
  );
  return output.toBytes();
}

/** Whether the header need not tell the state otherwise than it does. */
export function sameMetaInfo(state: NewState, old: StreamState): boolean {
  return state.name === old.name && sameButForName(state, old);
}

/** Whether only the name may differ. */
export function sameButForName(state: NewState, old: StreamState): boolean {
  return (
    state.kind === old.kind &&
    state.stateV2 === old.stateV2 &&
    (state.kind !== 'broadcast' || state.keySerializer === old.keySerializer) &&
    state.namespaceSerializer === old.namespaceSerializer &&
    state.userKeySerializer === old.userKeySerializer &&
    state.valueSerializer === old.valueSerializer
  );
}

/** The state as readers have it, as if it had been read from the new header. */
export function asStreamState(state: NewState, span: StreamState['span']): StreamState {
  const { kind, valueSerializer, stateV2 } = state;
  const operator = kind === 'operator-list' || kind === 'union-list' || kind === 'broadcast';
  const ttl = !operator && hasTtl({ kind, valueSerializer, stateV2 });
  return { ...state, ttl, offsets: [], span, nameSpan: span };
}

/** The error for what a stream of this format, or in this condition, does not allow. */
export function cannotRewrite(reason: string, next?: string): StatewrightError {
  return new StatewrightError('NOT_SUPPORTED', { kind: 'state stream', reason, next });
}
