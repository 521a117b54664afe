import type { KeyedStateHandle, OperatorStateHandle, StreamStateHandle } from '../handles/model.js';
import type { Savepoint, StreamRef } from '../model.js';
import type { HandleResolver } from '../resolve-handle.js';

/** The stream handles inside a state handle that a copy follows. */
export function streamHandlesOf(
  handle: KeyedStateHandle | OperatorStateHandle | StreamStateHandle | undefined,
): StreamStateHandle[] {
  if (handle === undefined) return [];
  switch (handle.type) {
    case 'key-groups':
    case 'operator-state':
      return streamHandlesOf(handle.delegate);
    case 'incremental': {
      const files = [...handle.sharedState, ...handle.privateState].map((each) => each.handle);
      return [handle.metaDataState, ...files].flatMap(streamHandlesOf);
    }
    case 'changelog':
    case 'changelog-bytes':
    case 'changelog-files':
      return [];
    default:
      return [handle];
  }
}

/** Where the bytes of every handle lie that a copy follows; OUTSIDE_SNAPSHOT for one that leads out of the snapshot. */
export async function resolveAll(
  { metadata }: Savepoint,
  resolver: HandleResolver,
): Promise<ReadonlyMap<StreamStateHandle, StreamRef>> {
  const refs = new Map<StreamStateHandle, StreamRef>();
  const subtasks = metadata.operatorStates.flatMap(({ subtaskStates }) => subtaskStates);
  const handles = subtasks.flatMap((each) => [
    each.managedOperatorState,
    each.rawOperatorState,
    each.managedKeyedState,
    each.rawKeyedState,
  ]);
  for (const handle of handles.flatMap(streamHandlesOf)) refs.set(handle, await resolver.resolve(handle));
  return refs;
}
