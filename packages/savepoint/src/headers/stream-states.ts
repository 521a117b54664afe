import { DataInputView, type Span, StatewrightError } from '@statewright/bytes';
import type { SerializerSnapshot } from '@statewright/serializers';
import type { OperatorStateHandle } from '../handles/model.js';
import type { StateKind, StreamState } from '../model.js';
import type { KeyedHeader } from './keyed-header.js';
import type { OperatorHeader } from './operator-header.js';
import type { FailedSnapshot } from './snapshot-read.js';
import { BACKEND_STATE_TYPE, type StateMetaInfo } from './state-meta-info.js';
import { hasTtl } from './ttl.js';

/** `StateDescriptor.Type` as the option KEYED_STATE_TYPE spells it. */
const KEYED_KINDS: ReadonlyMap<string, StateKind> = new Map([
  ['VALUE', 'value'],
  ['LIST', 'list'],
  ['MAP', 'map'],
  ['REDUCING', 'reducing'],
  ['AGGREGATING', 'aggregating'],
  ['FOLDING', 'folding'],
]);

/** Stands for a serializer whose snapshot could not be read: `frame` is everything from its class name to the header's end. */
export type UnreadableSerializer = SerializerSnapshot & {
  readonly frame: Uint8Array;
  readonly unreadable: string;
};

/** The bytes of a failed snapshot up to the end of the header, as a serializer whose values are opaque. */
export function unreadable(
  failed: FailedSnapshot,
  headerBytes: Uint8Array,
  file: string,
  fileOffset: number,
): UnreadableSerializer {
  const input = new DataInputView(headerBytes, file, fileOffset);
  input.pos = failed.start - fileOffset + 4;
  const start = input.pos;
  const className = input.readUTF('serializer snapshot class');
  const version = input.readInt('serializer snapshot version');
  const span = { file, start: fileOffset + start, end: fileOffset + headerBytes.length };
  const why = `the serializer snapshot cannot be read: ${reasonOf(failed.error)}`;
  return { className, version, span, nested: [], frame: headerBytes.subarray(start), unreadable: why };
}

export function reasonOf(error: StatewrightError): string {
  return error.reason;
}

/** The states of a keyed header. `failed` stands in for the serializer at which reading stopped. */
export function keyedStates(header: KeyedHeader, failed: UnreadableSerializer | undefined): StreamState[] {
  return header.states.map((info) => keyedState(info, header.keySerializer, failed));
}

/** One keyed state; also used for what a changelog registers, where the key's serializer is not known. */
export function keyedState(
  info: StateMetaInfo,
  keySerializer: SerializerSnapshot | undefined,
  failed: UnreadableSerializer | undefined,
): StreamState {
  const timer = info.backendStateType === BACKEND_STATE_TYPE.PRIORITY_QUEUE;
  const stateV2 = info.backendStateType === BACKEND_STATE_TYPE.KEY_VALUE_V2;
  const kind = timer ? 'timer' : (KEYED_KINDS.get(info.options.get('KEYED_STATE_TYPE') ?? '') ?? 'unknown');
  const valueSerializer = serializer(info, 'VALUE_SERIALIZER', failed);
  const userKeySerializer = info.serializers.get('USER_KEY_SERIALIZER');
  return {
    name: info.name,
    kind,
    keySerializer,
    namespaceSerializer: timer ? undefined : serializer(info, 'NAMESPACE_SERIALIZER', failed),
    valueSerializer,
    stateV2,
    userKeySerializer,
    ttl: hasTtl({ kind, valueSerializer, stateV2 }),
    offsets: [],
    span: info.span,
    nameSpan: info.nameSpan,
    metaInfo: info,
  };
}

function serializer(
  info: StateMetaInfo,
  key: string,
  failed: UnreadableSerializer | undefined,
): SerializerSnapshot {
  const found = info.serializers.get(key) ?? failed;
  if (found !== undefined) return found;
  const input = new DataInputView(new Uint8Array(0), info.span.file, info.span.start);
  throw input.error('BAD_VALUE', 'state meta info', `state ${JSON.stringify(info.name)} has no ${key}`);
}

const OPERATOR_KINDS: ReadonlyMap<string, StateKind> = new Map([
  ['SPLIT_DISTRIBUTE', 'operator-list'],
  ['UNION', 'union-list'],
  ['BROADCAST', 'broadcast'],
]);

/**
 * The states of an operator header with the offsets of the handle. The two name the same states with the same mode, as
 * `OperatorStateRestoreOperation` (Flink 2.3) demands, but for those behind a serializer that could not be read.
 */
export function operatorStates(
  header: OperatorHeader,
  handle: OperatorStateHandle,
  failed: UnreadableSerializer | undefined,
): StreamState[] {
  const inHandle = new Map(handle.states.map((state) => [state.name, state]));
  const infos = [...header.operatorStates, ...header.broadcastStates];
  expectSameStates(infos, handle, failed);
  return infos.map((info) => ({
    name: info.name,
    kind: operatorKind(info),
    keySerializer:
      info.backendStateType === BACKEND_STATE_TYPE.BROADCAST
        ? serializer(info, 'KEY_SERIALIZER', failed)
        : undefined,
    namespaceSerializer: undefined,
    valueSerializer: serializer(info, 'VALUE_SERIALIZER', failed),
    stateV2: false,
    userKeySerializer: undefined,
    ttl: false,
    offsets: inHandle.get(info.name)?.offsets ?? [],
    span: info.span,
    nameSpan: info.nameSpan,
    metaInfo: info,
  }));
}

/** `OperatorStateHandle.Mode`, by its ordinal. */
const HANDLE_KINDS: readonly StateKind[] = ['operator-list', 'union-list', 'broadcast'];

function expectSameStates(
  infos: readonly StateMetaInfo[],
  handle: OperatorStateHandle,
  failed: UnreadableSerializer | undefined,
): void {
  const bad = ({ file, start, end }: Span, reason: string): StatewrightError =>
    new StatewrightError('BAD_VALUE', { span: { file, start, end }, kind: 'operator state', reason });
  const unseen = new Map(handle.states.map((state) => [state.name, state]));
  for (const info of infos) {
    const name = JSON.stringify(info.name);
    const state = unseen.get(info.name);
    if (state === undefined) {
      throw bad(info.span, `the header has state ${name}, which the handle does not, or twice`);
    }
    unseen.delete(info.name);
    const [kind, expected] = [operatorKind(info), HANDLE_KINDS[state.mode]!];
    if (kind === expected || kind === 'unknown') continue;
    throw bad(info.span, `state ${name} is ${kind} in the header but ${expected} in the handle`);
  }
  const [left] = unseen.keys();
  if (left === undefined || failed !== undefined) return;
  throw bad(handle.span, `the handle has state ${JSON.stringify(left)}, which the header does not`);
}

function operatorKind(info: StateMetaInfo): StateKind {
  if (info.backendStateType === BACKEND_STATE_TYPE.BROADCAST) return 'broadcast';
  return OPERATOR_KINDS.get(info.options.get('OPERATOR_STATE_DISTRIBUTION_MODE') ?? '') ?? 'unknown';
}
