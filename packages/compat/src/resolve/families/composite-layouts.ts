import type { SerializerSnapshot } from '@statewright/serializers';
import {
  ARRAY_LIST,
  EXTERNAL,
  GENERIC_ARRAY,
  JAVA_EITHER,
  LINKED_LIST,
  LIST,
  LIST_VIEW,
  MAP,
  MAP_VIEW,
  NULL_AWARE_MAP,
  NULLABLE,
  OLD_EITHER,
  RAW_VALUE_DATA,
  SCALA_CASE_CLASS,
  SCALA_EITHER,
  SCALA_OPTION,
  SCALA_TRAVERSABLE,
  SCALA_TRY,
  SCALA_TUPLE2,
  SET,
  TIMER,
  TTL,
  TTL_V2,
  TUPLE,
  WINDOW_KEY,
} from '../snapshot-kinds.js';

const LINKED = 'org.apache.flink.table.runtime.sequencedmultisetstate.linked.';
const CHECKING = 'org.apache.flink.api.common.typeutils.SingleThreadAccessCheckingTypeSerializer';

/** Classes whose values are nothing but the values of the nested serializers, one after the other. */
const CONCATENATED: readonly string[] = [
  TUPLE,
  TTL,
  TTL_V2,
  LIST_VIEW,
  MAP_VIEW,
  EXTERNAL,
  SCALA_CASE_CLASS,
  SCALA_TUPLE2,
  `${CHECKING}$SingleThreadAccessCheckingTypeSerializerSnapshot`,
  'org.apache.flink.cep.nfa.sharedbuffer.SharedBufferEdge$SharedBufferEdgeSerializer$SharedBufferEdgeSerializerSnapshot',
  ...['Node', 'MetaSqnInfo', 'RowSqnInfo'].map(
    (name) => `${LINKED}${name}Serializer$${name}SerializerSnapshot`,
  ),
];

/** Which classes write the same bytes around their nested values; a class that is not here is alone. */
const LAYOUTS: ReadonlyMap<string, string> = new Map([
  ...CONCATENATED.map((name) => [name, 'concatenated'] as const),
  [LIST, 'list'],
  [ARRAY_LIST, 'list'],
  [JAVA_EITHER, 'either'],
  [OLD_EITHER, 'either'],
  [SCALA_EITHER, 'either'],
  [SCALA_TRY, 'either'],
]);

/** Which classes make objects that the others can write; a class that is not here is alone. */
const OBJECTS: ReadonlyMap<string, string> = new Map([
  [LIST, 'list'],
  [ARRAY_LIST, 'list'],
  [JAVA_EITHER, 'either'],
  [OLD_EITHER, 'either'],
]);

/** Whether two composites write the same bytes when their nested serializers do. */
export function writeAlike(one: SerializerSnapshot, other: SerializerSnapshot): boolean {
  return layout(LAYOUTS, one) === layout(LAYOUTS, other);
}

/** Whether one composite can write the objects that the other has read. */
export function shareObjects(one: SerializerSnapshot, other: SerializerSnapshot): boolean {
  return layout(OBJECTS, one) === layout(OBJECTS, other);
}

function layout(table: ReadonlyMap<string, string>, { className }: SerializerSnapshot): string {
  return table.get(className) ?? className;
}

const ELEMENT = ['element'];
const EITHER = ['left', 'right'];
const KEY_VALUE = ['key', 'value'];
/** What is wrapped is no step of a path. */
const WRAPPED = [undefined];

const LABELS: ReadonlyMap<string, readonly (string | undefined)[]> = new Map([
  ...[LIST, ARRAY_LIST, SET, GENERIC_ARRAY, LINKED_LIST, SCALA_TRAVERSABLE].map(
    (name) => [name, ELEMENT] as const,
  ),
  ...[MAP, NULL_AWARE_MAP].map((name) => [name, KEY_VALUE] as const),
  ...[JAVA_EITHER, OLD_EITHER, SCALA_EITHER].map((name) => [name, EITHER] as const),
  ...[NULLABLE, SCALA_OPTION, LIST_VIEW, MAP_VIEW, EXTERNAL, RAW_VALUE_DATA].map(
    (name) => [name, WRAPPED] as const,
  ),
  [`${CHECKING}$SingleThreadAccessCheckingTypeSerializerSnapshot`, WRAPPED],
  [TTL, ['last access', undefined]],
  [TTL_V2, ['last access', undefined]],
  [SCALA_TRY, ['value', 'exception']],
  [TIMER, ['key', 'namespace']],
  [WINDOW_KEY, ['key']],
]);

/** What the child at a position is called in a path; undefined: it is no step. `f0`, `f1` ... unless it has a name. */
export function childLabel({ className }: SerializerSnapshot, position: number): string | undefined {
  const labels = LABELS.get(className);
  return labels === undefined ? `f${position}` : labels[position];
}
