import { hasTtl } from '@statewright/savepoint';
import type { SerializerSnapshot } from '@statewright/serializers';
import type { PlannedState } from '../job/planned-job.js';
import { wrapType } from './wrap-type.js';

/** The state as a ListState of these elements, with TTL when it has it now. */
export function asListState(state: PlannedState, element: SerializerSnapshot): PlannedState {
  const carrier = withTtl(state, element);
  const valueSerializer = state.stateV2 ? carrier : wrapType('list<e>', { e: carrier });
  return { ...state, kind: 'list', valueSerializer, userKeySerializer: undefined };
}

/** The state as a MapState of these keys and values, with TTL when it has it now. */
export function asMapState(
  state: PlannedState,
  userKey: SerializerSnapshot,
  value: SerializerSnapshot,
): PlannedState {
  const carrier = withTtl(state, value);
  return {
    ...state,
    kind: 'map',
    valueSerializer: state.stateV2 ? carrier : wrapType('map<k, v>', { k: userKey, v: carrier }),
    userKeySerializer: state.stateV2 ? userKey : undefined,
  };
}

function withTtl(state: PlannedState, element: SerializerSnapshot): SerializerSnapshot {
  if (!hasTtl(state)) return element;
  return wrapType(state.stateV2 ? 'ttl-v2<e>' : 'ttl<e>', { e: element });
}

const BASE = 'org.apache.flink.api.common.typeutils.base.';
const TABLE = 'org.apache.flink.table.runtime.typeutils.';

/** Serializers of lists, arrays and sets that hold the serializer of their elements, and nothing else. */
const LISTS: ReadonlySet<string> = new Set([
  `${BASE}ListSerializerSnapshot`,
  'org.apache.flink.runtime.state.ArrayListSerializerSnapshot',
  `${BASE}SetSerializerSnapshot`,
  `${BASE}GenericArraySerializerSnapshot`,
  `${TABLE}LinkedListSerializer$LinkedListSerializerSnapshot`,
  'org.apache.flink.api.scala.typeutils.TraversableSerializerSnapshot',
]);

const MAPS: ReadonlySet<string> = new Set([
  `${BASE}MapSerializerSnapshot`,
  `${TABLE}SortedMapSerializerSnapshot`,
  'org.apache.flink.table.dataview.NullAwareMapSerializerSnapshot',
]);

/** `int` of `IntPrimitiveArraySerializer`; bytes are one value. */
const ARRAY =
  /\.base\.array\.(Boolean|Char|Short|Int|Long|Float|Double|String)(?:Primitive)?ArraySerializer\$/;

/** The serializer of the elements of a list, an array or a set; undefined for any other. */
export function elementType(snapshot: SerializerSnapshot): SerializerSnapshot | undefined {
  if ('unreadable' in snapshot) return undefined;
  if (LISTS.has(snapshot.className)) return snapshot.nested[0];
  const [, primitive] = ARRAY.exec(snapshot.className) ?? [];
  return primitive === undefined ? undefined : wrapType(primitive.toLowerCase());
}

/** The serializers of a map's keys and values; undefined for any other. */
export function mapTypes(
  snapshot: SerializerSnapshot,
): readonly [key: SerializerSnapshot, value: SerializerSnapshot] | undefined {
  if ('unreadable' in snapshot || !MAPS.has(snapshot.className)) return undefined;
  const [key, value] = snapshot.nested;
  return key === undefined || value === undefined ? undefined : [key, value];
}
