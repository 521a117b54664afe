import { DataOutputView } from '@statewright/bytes';
import {
  type SerializerSnapshot,
  type SnapshotFormat,
  writeSerializerSnapshot,
} from '@statewright/serializers';
import type { PlannedState } from '../job/planned-job.js';

/** What is not the same in two states; undefined when entries of one can be entries of the other, byte for byte. */
export function differenceOf(
  a: PlannedState,
  b: PlannedState,
  formats: readonly SnapshotFormat[],
): string | undefined {
  if (a.kind !== b.kind) return `their kinds are ${a.kind} and ${b.kind}`;
  if (a.stateV2 !== b.stateV2) return 'one is of the State V2 API';
  const parts = [
    ['keys', a.keySerializer, b.keySerializer],
    ['namespaces', a.namespaceSerializer, b.namespaceSerializer],
    ['values', a.valueSerializer, b.valueSerializer],
    ['user keys', a.userKeySerializer, b.userKeySerializer],
  ] as const;
  const differing = parts.find(([, one, other]) => bytesOf(one, formats) !== bytesOf(other, formats));
  return differing === undefined ? undefined : `the serializers of their ${differing[0]} differ`;
}

/** Whether two serializers are the same, byte for byte of their snapshots. */
export function sameSerializer(
  a: SerializerSnapshot,
  b: SerializerSnapshot,
  formats: readonly SnapshotFormat[],
): boolean {
  return bytesOf(a, formats) === bytesOf(b, formats);
}

function bytesOf(snapshot: SerializerSnapshot | undefined, formats: readonly SnapshotFormat[]): string {
  if (snapshot === undefined) return '';
  const output = new DataOutputView();
  writeSerializerSnapshot(output, snapshot, formats);
  return Buffer.from(output.view()).toString('latin1');
}
