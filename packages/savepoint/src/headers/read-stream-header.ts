import type { DataInputView } from '@statewright/bytes';
import { readSerializerSnapshot, type SnapshotFormat } from '@statewright/serializers';
import type { StreamFormat } from '../model.js';
import { readKeyedHeader } from './keyed-header.js';
import { readOperatorHeader } from './operator-header.js';

/**
 * Reads a managed stream's header from its first byte and leaves the view behind it. For showing what its bytes mean;
 * `openSavepoint` has read it already.
 *
 *   KeyedBackendSerializationProxy or, for operator state, OperatorBackendSerializationProxy
 *
 * Follows those classes of Flink 2.3.
 */
export function readStreamHeader(
  input: DataInputView,
  format: StreamFormat,
  formats: readonly SnapshotFormat[],
): void {
  const readSnapshot = (view: DataInputView) => readSerializerSnapshot(view, formats);
  if (format === 'operator') readOperatorHeader(input, readSnapshot);
  else readKeyedHeader(input, readSnapshot);
}
