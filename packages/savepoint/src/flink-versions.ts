import { HANDLE_FORMATS, tagOf } from './handles/index.js';
import type {
  KeyedStateHandle,
  OperatorStateHandle,
  StateHandle,
  StreamStateHandle,
} from './handles/model.js';
import { metadataVersion } from './metadata/index.js';
import type { CheckpointMetadata } from './metadata/model.js';
import type { Operator } from './model.js';

/**
 * Flink versions that may have written a snapshot, both ends included: those of its metadata version, narrowed by the
 * handles and headers it holds, which came and went on their own.
 */
export function flinkVersionsOf(
  metadata: CheckpointMetadata,
  operators: readonly Operator[],
): readonly [string, string] {
  let [first, last] = metadataVersion(metadata.version)!.flinkVersions;
  for (const row of HANDLE_FORMATS) {
    if (!placesOf(metadata)[row.place].has(row.tag)) continue;
    if (compareVersions(row.since, first) > 0) first = row.since;
    if (row.until !== undefined && compareVersions(row.until, last) < 0) last = row.until;
  }
  const headers = operators.flatMap((operator) => operator.streams.map((stream) => stream.headerVersion));
  if (headers.includes(5) && compareVersions('1.17', last) < 0) last = '1.17';
  if (headers.includes(6) && compareVersions('1.18', first) > 0) first = '1.18';
  return [first, last];
}

/** Orders `1.9` before `1.10`. */
export function compareVersions(a: string, b: string): number {
  const [a1 = 0, a2 = 0] = a.split('.').map(Number);
  const [b1 = 0, b2 = 0] = b.split('.').map(Number);
  return a1 - b1 || a2 - b2;
}

type Tags = { readonly stream: Set<number>; readonly keyed: Set<number>; readonly operator: Set<number> };

const cache = new WeakMap<CheckpointMetadata, Tags>();

/** The type bytes that occur, by place. */
function placesOf(metadata: CheckpointMetadata): Tags {
  let tags = cache.get(metadata);
  if (tags !== undefined) return tags;
  tags = { stream: new Set(), keyed: new Set(), operator: new Set() };
  cache.set(metadata, tags);
  for (const operator of metadata.operatorStates) {
    for (const subtask of operator.subtaskStates) {
      addOperator(tags, subtask.managedOperatorState);
      addOperator(tags, subtask.rawOperatorState);
      addKeyed(tags, subtask.managedKeyedState);
      addKeyed(tags, subtask.rawKeyedState);
    }
  }
  return tags;
}

function addOperator(tags: Tags, handle: OperatorStateHandle | undefined): void {
  if (handle === undefined) return;
  tags.operator.add(handle.tag);
  addStream(tags, handle.delegate);
}

function addStream(tags: Tags, handle: StreamStateHandle | undefined): void {
  if (handle !== undefined) tags.stream.add(tagOf(handle as StateHandle));
}

function addKeyed(tags: Tags, handle: KeyedStateHandle | undefined): void {
  if (handle === undefined) return;
  tags.keyed.add(tagOf(handle));
  if (handle.type === 'key-groups') addStream(tags, handle.delegate);
  if (handle.type === 'incremental') addStream(tags, handle.metaDataState);
  if (handle.type === 'changelog') {
    for (const each of [...handle.materialized, ...handle.nonMaterialized]) addKeyed(tags, each);
  }
}
