import type { DataInputView, DataOutputView } from '@statewright/bytes';
import { DataOutputView as Output } from '@statewright/bytes';
import type { MasterState } from './model.js';

const MASTER_STATE_MAGIC_NUMBER = 0xc96b1696 | 0;

/**
 *   i32  magic 0xC96B1696
 *   i32  number of bytes that follow
 *   i32  version
 *   utf  name
 *   i32  length, then that many bytes of payload
 *
 * Follows `MetadataV2V3SerializerBase#deserializeMasterState` (Flink 2.3).
 */
export function readMasterState(input: DataInputView): MasterState {
  const kind = 'master state';
  const start = input.filePos;
  const magic = input.readInt(kind);
  if (magic !== MASTER_STATE_MAGIC_NUMBER) {
    input.pos -= 4;
    throw input.error(
      'BAD_MAGIC',
      kind,
      `magic number ${hex(magic)} is not ${hex(MASTER_STATE_MAGIC_NUMBER)}`,
      4,
    );
  }
  const length = input.readCount(kind);
  const limit = input.limit;
  input.limit = input.pos + length;
  const version = input.readInt(kind);
  const name = input.readUTF(kind);
  const payloadLength = input.readCount(kind);
  const at = input.filePos;
  input.skip(payloadLength, kind);
  const payload = input.spanFrom(at);
  input.expectEnd(kind);
  input.limit = limit;
  return { span: input.spanFrom(start), version, name, payload };
}

export function writeMasterState(output: DataOutputView, state: MasterState, payload: Uint8Array): void {
  const block = new Output();
  block.writeInt(state.version);
  block.writeUTF(state.name);
  block.writeBytes32(payload);
  output.writeInt(MASTER_STATE_MAGIC_NUMBER);
  output.writeBytes32(block.view());
}

function hex(value: number): string {
  return `0x${(value >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
}
