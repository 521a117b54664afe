import type { StateKind } from '@statewright/savepoint';
import type { SerializerSnapshot } from '@statewright/serializers';
import type { StateDeclaration } from '../schema/job-schema.js';
import { wrappedIn } from './type-syntax/composite-types.js';
import { insideTtl, ttlOf } from './type-syntax/forms/ttl.js';
import { sameType } from './type-syntax/same-type.js';
import { SIMPLE_CLASSES, simpleSnapshot } from './type-syntax/simple-types.js';

/*
 * A contract says what a state holds as people think of it: a list state `list<T>`, a map state `map<K, V>`, a state with TTL
 * its value without the time. Flink writes serializers in the places of a state's meta info instead. Both ways are here.
 */

/** The serializers of a state, as the backend registers them. */
export type StateSerializers = Pick<StateDeclaration, 'key' | 'namespace' | 'value' | 'userKey'>;

/** What a contract says of the same. */
export interface StateShape {
  readonly key: SerializerSnapshot | undefined;
  readonly namespace: SerializerSnapshot | undefined;
  /** Undefined for timers, which hold nothing but their key and namespace. */
  readonly value: SerializerSnapshot | undefined;
}

type Described = Pick<StateDeclaration, 'kind' | 'ttl' | 'stateV2'>;

/** What `value` must be made of in states of a kind: a list of elements, or a map. */
export function shapeKeyword(kind: StateKind): 'list' | 'map' | undefined {
  if (kind === 'list' || kind === 'operator-list' || kind === 'union-list') return 'list';
  return kind === 'map' || kind === 'broadcast' ? 'map' : undefined;
}

/** Whether states of a kind belong to a key. */
export function isKeyed(kind: StateKind): boolean {
  return kind !== 'operator-list' && kind !== 'union-list' && kind !== 'broadcast';
}

/** The namespace of keyed state outside windows. */
export function voidNamespace(file: string): SerializerSnapshot {
  return { ...simpleSnapshot(SIMPLE_CLASSES.get('void-namespace')!), span: { file, start: 0, end: 0 } };
}

/** The serializers of a state of this shape; undefined when the shape does not fit the kind. */
export function serializersOf(state: Described, shape: StateShape): StateSerializers | undefined {
  const { key, namespace, value } = shape;
  if (state.kind === 'timer') {
    if (key === undefined || namespace === undefined || value !== undefined) return undefined;
    const timer = { ...wrappedIn('timer', [key, namespace]), span: key.span } as SerializerSnapshot;
    return { key, namespace: undefined, value: timer, userKey: undefined };
  }
  if (value === undefined) return undefined;
  const keyword = shapeKeyword(state.kind);
  if (keyword === undefined) return { key, namespace, value: withTtl(value, state), userKey: undefined };
  if (value.className !== wrappedIn(keyword, []).className || 'unreadable' in value) return undefined;
  const [first, second] = value.nested as readonly [SerializerSnapshot, SerializerSnapshot];
  switch (state.kind) {
    case 'operator-list':
    case 'union-list':
      return { key: undefined, namespace: undefined, value: first, userKey: undefined };
    case 'broadcast':
      return { key: first, namespace: undefined, value: second, userKey: undefined };
    default:
      return { key, namespace, ...collection(state, value) };
  }
}

/** A keyed list or map: its elements or values carry the TTL, and state API v2 keeps them without what surrounds them. */
function collection(
  state: Described,
  value: SerializerSnapshot,
): Pick<StateSerializers, 'value' | 'userKey'> {
  const carrier = withTtl(value.nested.at(-1)!, state);
  if (state.stateV2) {
    return { value: carrier, userKey: state.kind === 'map' ? value.nested[0] : undefined };
  }
  if (!state.ttl) return { value, userKey: undefined };
  return { value: { ...value, nested: [...value.nested.slice(0, -1), carrier] }, userKey: undefined };
}

function withTtl(value: SerializerSnapshot, { ttl, stateV2 }: Described): SerializerSnapshot {
  return ttl ? ttlOf(value, stateV2) : value;
}

/** The shape from which `serializersOf` makes these serializers again; undefined when there is none. */
export function shapeOf(state: StateDeclaration): StateShape | undefined {
  const shape = guessShape(state);
  const again = shape === undefined ? undefined : serializersOf(state, shape);
  if (again === undefined) return undefined;
  const places = ['key', 'namespace', 'value', 'userKey'] as const;
  return places.every((place) => sameOrNone(again[place], state[place])) ? shape : undefined;
}

function sameOrNone(a: SerializerSnapshot | undefined, b: SerializerSnapshot | undefined): boolean {
  return a === undefined || b === undefined ? a === b : sameType(a, b);
}

function guessShape(state: StateDeclaration): StateShape | undefined {
  const { key, namespace, value, userKey, kind, stateV2 } = state;
  if (kind === 'timer') return { key, namespace: value.nested[1], value: undefined };
  if (kind === 'broadcast') {
    return { key: undefined, namespace: undefined, value: key && composite('map', [key, value]) };
  }
  if (kind === 'operator-list' || kind === 'union-list') {
    return { key: undefined, namespace: undefined, value: composite('list', [value]) };
  }
  const keyword = shapeKeyword(kind);
  if (keyword === undefined) return { key, namespace, value: withoutTtl(value, state) };
  const parts = stateV2 ? [...(userKey === undefined ? [] : [userKey]), value] : value.nested;
  const last = parts.at(-1);
  const inside = last === undefined ? undefined : withoutTtl(last, state);
  if (inside === undefined) return undefined;
  return { key, namespace, value: composite(keyword, [...parts.slice(0, -1), inside]) };
}

function composite(keyword: string, nested: readonly SerializerSnapshot[]): SerializerSnapshot {
  return { ...wrappedIn(keyword, nested), span: nested[0]!.span } as SerializerSnapshot;
}

function withoutTtl(value: SerializerSnapshot, { ttl, stateV2 }: Described): SerializerSnapshot | undefined {
  return ttl ? insideTtl(value, stateV2) : value;
}
