import { DataOutputView } from '@statewright/bytes';
import type { State } from '@statewright/savepoint';
import {
  type Codec,
  compileCodec,
  Opaque,
  type SerializerSnapshot,
  type SnapshotFormat,
  toJson,
} from '@statewright/serializers';
import { namespaceSerializerOf } from '../state-serializers.js';
import type { FlatEntry } from './flat-entries.js';

/** Sign bit of a long: flipped, so that bytes sort as numbers do; as `TimerSerializer` writes timestamps. */
const SIGN = -(1n << 63n);

/**
 * The bytes that entries of one keyed state are sorted by within a key group: key, namespace, and a timer's timestamp,
 * as their serializers write them; of a flattened map also the JSON text of the map's key. What is given is overwritten by the next call.
 */
export function sortKeys(state: State, formats: readonly SnapshotFormat[]): (entry: FlatEntry) => Uint8Array {
  const key = codecOf(state.keySerializer, formats);
  const namespace = codecOf(namespaceSerializerOf(state), formats);
  const isTimer = state.kind === 'timer';
  const output = new DataOutputView();
  return (entry) => {
    output.clear();
    writePart(output, key, entry.key);
    writePart(output, namespace, entry.namespace);
    if (isTimer && typeof entry.value === 'bigint') output.writeLong(BigInt.asIntN(64, entry.value ^ SIGN));
    if (entry.userKey !== undefined) output.writeBytes(Buffer.from(toJson(entry.userKey)));
    return output.view();
  };
}

/** What follows an opaque value in a heap stream is itself opaque, whatever its type. */
function writePart(output: DataOutputView, codec: Codec | undefined, value: unknown): void {
  if (value instanceof Opaque) output.writeBytes(value.bytes);
  else codec?.write(output, value);
}

function codecOf(
  snapshot: SerializerSnapshot | undefined,
  formats: readonly SnapshotFormat[],
): Codec | undefined {
  return snapshot === undefined ? undefined : compileCodec(snapshot, { formats });
}
