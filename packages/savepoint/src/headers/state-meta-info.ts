import type { DataInputView, DataOutputView, Span } from '@statewright/bytes';
import type { SerializerSnapshot } from '@statewright/serializers';
import { type FailedSnapshot, isFailed, type SnapshotRead, tryReadSnapshot } from './snapshot-read.js';

/** Ordinals of `StateMetaInfoSnapshot.BackendStateType`; the stored number is the ordinal, not the type's code. */
export const BACKEND_STATE_TYPE = {
  KEY_VALUE: 0,
  OPERATOR: 1,
  BROADCAST: 2,
  PRIORITY_QUEUE: 3,
  KEY_VALUE_V2: 4,
} as const;

/** A registered state as a state file's header describes it. */
export interface StateMetaInfo {
  readonly span: Span;
  readonly nameSpan: Span;
  readonly name: string;
  readonly backendStateType: number;
  /** `KEYED_STATE_TYPE`, `OPERATOR_STATE_DISTRIBUTION_MODE`. */
  readonly options: ReadonlyMap<string, string>;
  /** `KEY_SERIALIZER`, `NAMESPACE_SERIALIZER`, `VALUE_SERIALIZER`, `USER_KEY_SERIALIZER`. */
  readonly serializers: ReadonlyMap<string, SerializerSnapshot>;
  /** The first serializer that could not be read; it and those behind it are not in `serializers`. */
  readonly failed: FailedSnapshot | undefined;
}

/**
 *   utf  name
 *   i32  ordinal of BackendStateType
 *   i32  n, then n × (utf option, utf value)
 *   i32  n, then n × (utf key, outer serializer snapshot)
 *
 * Follows `StateMetaInfoSnapshotReadersWriters` (Flink 2.3), versions 6 and 7, which are alike. Flink writes the two
 * maps in no particular order.
 */
export function readStateMetaInfo(
  input: DataInputView,
  readSnapshot: SnapshotRead,
  allowed: readonly number[] = Object.values(BACKEND_STATE_TYPE),
): StateMetaInfo {
  const start = input.filePos;
  const name = input.readUTF('state name');
  const nameSpan = input.spanFrom(start);
  const backendStateType = readBackendStateType(input, allowed);
  const options = readOptions(input);
  const serializers = new Map<string, SerializerSnapshot>();
  let failed: FailedSnapshot | undefined;
  const count = input.readCount('state serializers', 12);
  for (let i = 0; i < count && failed === undefined; i++) {
    const key = input.readUTF('serializer key');
    const snapshot = tryReadSnapshot(input, readSnapshot, key);
    if (isFailed(snapshot)) failed = snapshot;
    else serializers.set(key, snapshot);
  }
  return { span: input.spanFrom(start), nameSpan, name, backendStateType, options, serializers, failed };
}

/** What of a state meta info is written: all of it but where it lay. */
export type MetaInfoFields = Pick<StateMetaInfo, 'name' | 'backendStateType' | 'options' | 'serializers'>;

/** The inverse of `readStateMetaInfo`, byte for byte when the maps are in the order in which they were read. */
export function writeStateMetaInfo(
  output: DataOutputView,
  { name, backendStateType, options, serializers }: MetaInfoFields,
  writeSnapshot: (output: DataOutputView, snapshot: SerializerSnapshot) => void,
): void {
  output.writeUTF(name);
  output.writeInt(backendStateType);
  output.writeInt(options.size);
  for (const [key, value] of options) {
    output.writeUTF(key);
    output.writeUTF(value);
  }
  output.writeInt(serializers.size);
  for (const [key, snapshot] of serializers) {
    output.writeUTF(key);
    writeSnapshot(output, snapshot);
  }
}

/** States are known by their names; only a timer queue may share its name with a state. */
function expectNewName(input: DataInputView, state: StateMetaInfo, names: Set<string>): void {
  const { name, nameSpan, backendStateType } = state;
  const key = `${backendStateType === BACKEND_STATE_TYPE.PRIORITY_QUEUE} ${name}`;
  if (!names.has(key)) {
    names.add(key);
    return;
  }
  input.pos = nameSpan.start - input.fileOffset;
  const reason = `two states are called ${JSON.stringify(name)}`;
  throw input.error('BAD_VALUE', 'state name', reason, nameSpan.end - nameSpan.start);
}

function readBackendStateType(input: DataInputView, allowed: readonly number[]): number {
  const ordinal = input.readInt('backend state type');
  if (allowed.includes(ordinal)) return ordinal;
  input.pos -= 4;
  const reason = `${ordinal} is found but only ${allowed.join(', ')} may stand here`;
  throw input.error('BAD_VALUE', 'backend state type', reason, 4);
}

function readOptions(input: DataInputView): Map<string, string> {
  const options = new Map<string, string>();
  const count = input.readCount('state options', 4);
  for (let i = 0; i < count; i++) {
    const key = input.readUTF('state option');
    options.set(key, input.readUTF('state option'));
  }
  return options;
}

/** The states of a header: how many it declares, and those up to one that could not be read to its end. */
export interface StateMetaInfos {
  readonly declared: number;
  readonly states: readonly StateMetaInfo[];
  readonly failed: FailedSnapshot | undefined;
}

/**
 *   i16  n, then n × state meta info, each of one of the `allowed` backend state types
 *
 * Ends early behind a state one of whose serializers could not be read.
 */
export function readStateMetaInfos(
  input: DataInputView,
  readSnapshot: SnapshotRead,
  allowed: readonly number[],
): StateMetaInfos {
  const kind = 'number of states';
  const count = input.readShort(kind);
  if (count < 0) {
    input.pos -= 2;
    throw input.error('BAD_LENGTH', kind, `count ${count} is negative`, 2);
  }
  const states: StateMetaInfo[] = [];
  const names = new Set<string>();
  for (let i = 0; i < count && states.at(-1)?.failed === undefined; i++) {
    const state = readStateMetaInfo(input, readSnapshot, allowed);
    expectNewName(input, state, names);
    states.push(state);
  }
  return { declared: count, states, failed: states.at(-1)?.failed };
}
