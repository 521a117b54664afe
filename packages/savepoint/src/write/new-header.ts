import { DataOutputView } from '@statewright/bytes';
import {
  type SerializerSnapshot,
  type SnapshotFormat,
  writeSerializerSnapshot,
} from '@statewright/serializers';
import type { Savepoint, StateStream } from '../model.js';
import { streamBytes } from '../stream-bytes.js';
import { type HeaderChange, headerEdit } from './header-edit.js';
import { metaInfoBytes, type NewState } from './new-state.js';
import { applyEdit } from './stream-edit.js';

/** The header of a new stream: an old one with a change, or one made from nothing but its states. */
export type NewHeader =
  | { readonly type: 'edited'; readonly template: StateStream; readonly change: HeaderChange }
  | FreshKeyedHeader
  | FreshOperatorHeader;

/** A keyed header; the position of a state is its id. */
export interface FreshKeyedHeader {
  readonly type: 'keyed';
  readonly compressed: boolean;
  readonly keySerializer: SerializerSnapshot;
  readonly states: readonly NewState[];
}

/** An operator state header; broadcast states come last, and ids are positions then. */
export interface FreshOperatorHeader {
  readonly type: 'operator';
  /** 5, or 6 with a compression flag. */
  readonly version: number;
  readonly compressed: boolean;
  readonly states: readonly NewState[];
}

/** `KeyedBackendSerializationProxy.VERSION` (Flink 1.7 to 2.3). */
const KEYED_VERSION = 6;
/** First version of `OperatorBackendSerializationProxy` with a compression flag (Flink 1.18). */
const VERSION_WITH_COMPRESSION = 6;

/** The bytes of a new header. */
export async function newHeader(savepoint: Savepoint, header: NewHeader): Promise<Uint8Array> {
  const { formats } = savepoint;
  if (header.type === 'keyed') return keyedHeader(header, formats);
  if (header.type === 'operator') return operatorHeader(header, formats);
  const { template, change } = header;
  const bytes = streamBytes(savepoint.fs, savepoint.location, template.ref);
  return applyEdit(await bytes.read(0, template.headerLength), headerEdit(template, change, formats));
}

/**
 *   i32 version, bool compressed, key serializer, i16 n, n × state meta info
 *
 * The inverse of `readKeyedHeader`.
 */
function keyedHeader(header: FreshKeyedHeader, formats: readonly SnapshotFormat[]): Uint8Array {
  const output = new DataOutputView();
  output.writeInt(KEYED_VERSION);
  output.writeBoolean(header.compressed);
  writeSerializerSnapshot(output, header.keySerializer, formats);
  writeStates(output, header.states, formats);
  return output.toBytes();
}

/**
 *   i32 version, [bool compressed], i16 n, n × list states, i16 n, n × broadcast states
 *
 * The inverse of `readOperatorHeader`.
 */
function operatorHeader(header: FreshOperatorHeader, formats: readonly SnapshotFormat[]): Uint8Array {
  const output = new DataOutputView();
  output.writeInt(header.version);
  if (header.version >= VERSION_WITH_COMPRESSION) output.writeBoolean(header.compressed);
  for (const broadcast of [false, true]) {
    const states = header.states.filter(({ kind }) => (kind === 'broadcast') === broadcast);
    writeStates(output, states, formats);
  }
  return output.toBytes();
}

function writeStates(
  output: DataOutputView,
  states: readonly NewState[],
  formats: readonly SnapshotFormat[],
): void {
  output.writeShort(states.length);
  for (const state of states) output.writeBytes(metaInfoBytes(state, undefined, formats));
}
