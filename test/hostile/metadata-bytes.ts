import { bytesOf, type Writes } from './snapshot-bytes.js';

/*
 * Metadata files and state streams written by hand, by Flink's grammar.
 */

/** A metadata file of version 3 with one operator whose one subtask has what `handles` writes. */
export function metadataWith(handles: Writes): Uint8Array {
  return bytesOf((output) => {
    output.writeInt(0x4960672d);
    output.writeInt(3);
    output.writeLong(1n);
    for (const number of [0, 1]) output.writeInt(number);
    output.writeBytes(new Uint8Array(16));
    for (const number of [1, 128]) output.writeInt(number);
    output.writeByte(0);
    for (const number of [1, 0]) output.writeInt(number);
    handles(output);
  });
}

/** The bytes of a stream as a handle that holds them itself. */
export function inline(bytes: Uint8Array): Writes {
  return (output) => {
    output.writeByte(1);
    output.writeUTF('state');
    output.writeBytes32(bytes);
  };
}

/** Metadata with one keyed stream that has only key group 0, at `offset`. */
export function metadataWithKeyedStream(bytes: Uint8Array, offset: number): Uint8Array {
  return metadataWith((output) => {
    for (const none of [0, 0]) output.writeInt(none);
    output.writeByte(3);
    for (const number of [0, 1]) output.writeInt(number);
    output.writeLong(BigInt(offset));
    inline(bytes)(output);
    output.writeByte(0);
    for (const none of [0, 0]) output.writeInt(none);
  });
}

/** Operator state as a handle knows it: its name, its mode, and where its elements lie. */
export interface OperatorOffsets {
  readonly name: string;
  readonly mode: number;
  readonly offsets: readonly number[];
}

/** Metadata with one stream of operator state. */
export function metadataWithOperatorStream(
  bytes: Uint8Array,
  states: readonly OperatorOffsets[],
): Uint8Array {
  return metadataWith((output) => {
    output.writeInt(1);
    output.writeByte(4);
    output.writeInt(states.length);
    for (const { name, mode, offsets } of states) {
      output.writeUTF(name);
      output.writeByte(mode);
      output.writeInt(offsets.length);
      for (const offset of offsets) output.writeLong(BigInt(offset));
    }
    inline(bytes)(output);
    output.writeInt(0);
    for (const none of [0, 0]) output.writeByte(none);
    for (const none of [0, 0]) output.writeInt(none);
  });
}

/** A state in a stream's header. */
export interface HeaderState {
  readonly name: string;
  /** Ordinal of BackendStateType. */
  readonly type: number;
  readonly options: readonly (readonly [key: string, value: string])[];
  readonly serializers: readonly (readonly [key: string, snapshot: Writes])[];
}

/** The states of a header, with their number. */
export function headerStates(states: readonly HeaderState[]): Writes {
  return (output) => {
    output.writeShort(states.length);
    for (const { name, type, options, serializers } of states) {
      output.writeUTF(name);
      output.writeInt(type);
      output.writeInt(options.length);
      for (const text of options.flat()) output.writeUTF(text);
      output.writeInt(serializers.length);
      for (const [key, snapshot] of serializers) {
        output.writeUTF(key);
        output.writeInt(2);
        snapshot(output);
      }
    }
  };
}

/** The header of a keyed stream. */
export function keyedHeader(key: Writes, states: readonly HeaderState[]): Uint8Array {
  return bytesOf((output) => {
    output.writeInt(6);
    output.writeBoolean(false);
    output.writeInt(2);
    key(output);
    headerStates(states)(output);
  });
}

/** The header of a stream of operator state. */
export function operatorHeader(
  lists: readonly HeaderState[],
  broadcasts: readonly HeaderState[],
): Uint8Array {
  return bytesOf((output) => {
    output.writeInt(6);
    output.writeBoolean(false);
    headerStates(lists)(output);
    headerStates(broadcasts)(output);
  });
}
