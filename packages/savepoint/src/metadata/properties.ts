import { type DataInputView, describeJavaObject, isJavaObject, javaField } from '@statewright/bytes';
import type { Savepoint } from '../model.js';

/** What the checkpoint properties tell about a snapshot; undefined where they do not. */
export type SnapshotProperties = Pick<Savepoint, 'snapshotType' | 'snapshotFormat'>;

const SAVEPOINT_TYPE = 'org.apache.flink.runtime.checkpoint.SavepointType';
const CHECKPOINT_TYPE = 'org.apache.flink.runtime.checkpoint.CheckpointType';

/**
 * What `CheckpointProperties` say.
 *
 *   Java object stream of CheckpointProperties: its field checkpointType is a CheckpointType or a SavepointType, and the
 *   latter has formatType, an enum CANONICAL or NATIVE
 *
 * Follows `MetadataV4Serializer#deserializeProperties` and `CheckpointProperties` (Flink 2.3). The stream is described,
 * nothing of it is run. It ends where the file does.
 */
export function describeProperties(input: DataInputView): SnapshotProperties {
  const properties = describeJavaObject(input);
  input.expectEnd('checkpoint properties');
  const type = isJavaObject(properties) ? javaField(properties, 'checkpointType') : undefined;
  if (!isJavaObject(type)) return { snapshotType: undefined, snapshotFormat: undefined };
  const name = type.description.name;
  if (name === CHECKPOINT_TYPE) return { snapshotType: 'checkpoint', snapshotFormat: undefined };
  if (name !== SAVEPOINT_TYPE) return { snapshotType: undefined, snapshotFormat: undefined };
  return { snapshotType: 'savepoint', snapshotFormat: formatOf(javaField(type, 'formatType')) };
}

function formatOf(value: ReturnType<typeof javaField>): SnapshotProperties['snapshotFormat'] {
  if (typeof value !== 'object' || value === null || value.kind !== 'enum') return undefined;
  if (value.constant === 'CANONICAL') return 'canonical';
  return value.constant === 'NATIVE' ? 'native' : undefined;
}
