import type { State, StreamState } from '@statewright/savepoint';
import type { SerializerSnapshot } from '@statewright/serializers';

/** The serializers of a list's elements or a map's keys and values, as they are stored: TTL wrappers are on. */
export interface InnerSerializers {
  readonly element: SerializerSnapshot | undefined;
  readonly userKey: SerializerSnapshot | undefined;
}

/** How one stream describes a state; the first stream that holds it unless another is named. */
export function describedIn(state: State, stream = state.parts[0]?.stream): StreamState | undefined {
  const part = state.parts.find((one) => one.stream === stream);
  return part?.stream.states[part.stateId];
}

/** The serializers inside a collection state's serializer. */
export function innerSerializers(state: State): InnerSerializers {
  const { valueSerializer, kind, keySerializer } = state;
  if (kind === 'operator-list' || kind === 'union-list')
    return { element: valueSerializer, userKey: undefined };
  if (kind === 'broadcast') return { element: valueSerializer, userKey: keySerializer };
  if (kind !== 'list' && kind !== 'map') return { element: undefined, userKey: undefined };
  const described = describedIn(state);
  if (described?.stateV2 === true) return { element: valueSerializer, userKey: described.userKeySerializer };
  const [first, second] = withoutTtl(valueSerializer).nested;
  return kind === 'map' ? { element: second, userKey: first } : { element: first, userKey: undefined };
}

/** The namespace's serializer; a timer's is inside the timer's. */
export function namespaceSerializerOf(state: State): SerializerSnapshot | undefined {
  if (state.namespaceSerializer !== undefined || state.kind !== 'timer') return state.namespaceSerializer;
  return state.valueSerializer.nested[1];
}

/** The user's serializer inside a TTL wrapper, which is the last of those nested in it. */
export function withoutTtl(snapshot: SerializerSnapshot): SerializerSnapshot {
  return /Ttl(?:Aware)?Serializer/.test(snapshot.className) ? (snapshot.nested.at(-1) ?? snapshot) : snapshot;
}
