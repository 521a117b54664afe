import type { DataInputView, DataOutputView } from '@statewright/bytes';

/** 16 bytes, given as 32 hex digits in file order. Follows `OperatorID` (Flink 2.3): lower part, then upper part. */
export function readOperatorId(input: DataInputView): string {
  return Buffer.from(input.readBytes(16, 'operator id')).toString('hex');
}

export function writeOperatorId(output: DataOutputView, id: string): void {
  output.writeBytes(Buffer.from(id, 'hex'));
}
