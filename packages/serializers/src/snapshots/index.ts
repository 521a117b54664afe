import type { SnapshotFormat } from '../model.js';
import { AVRO } from './avro.js';
import { BUFFER_ENTRY } from './buffer-entry.js';
import {
  DEWEY_NUMBER_FORMAT,
  EDGE_FORMAT,
  EVENT_ID_FORMAT,
  LOCKABLE_FORMAT,
  NFA_STATE_FORMAT,
  NODE_FORMAT,
  NODE_ID_FORMAT,
  OLD_CEP_FORMATS,
  OLD_NODE_FORMAT,
} from './cep.js';
import { EITHER, JAVA_EITHER } from './either.js';
import { ENUM } from './enum.js';
import { GENERIC_ARRAY, GENERIC_ARRAY_CONFIG } from './generic-array.js';
import { GENERIC_TYPES } from './generic-type.js';
import { JAVA_SERIALIZER } from './java-serializer.js';
import { KRYO } from './kryo.js';
import { ARRAY_LIST, LIST } from './list.js';
import { MAP } from './map.js';
import { NULLABLE } from './nullable.js';
import { POJO } from './pojo.js';
import { ROW } from './row.js';
import { SCALA_CASE_CLASS } from './scala-case-class.js';
import { SCALA_ENUM } from './scala-enum.js';
import {
  SCALA_EITHER,
  SCALA_NOTHING,
  SCALA_OPTION,
  SCALA_TRAVERSABLE,
  SCALA_TRY,
  SCALA_UNIT,
} from './scala-values.js';
import { SET } from './set.js';
import { SIMPLE_FORMATS } from './simple.js';
import { SINGLE_THREAD_ACCESS_CHECKING } from './single-thread-access-checking.js';
import { STREAM_ELEMENT } from './stream-element.js';
import { ARRAY_DATA, MAP_DATA } from './table-array-map.js';
import { LINKED_LIST, LIST_VIEW, MAP_VIEW, NULL_AWARE_MAP, SORTED_MAP } from './table-collections.js';
import { EXTERNAL } from './table-external.js';
import { RAW_VALUE_DATA } from './table-raw-value.js';
import { LINKED_NODE, META_SQN_INFO, NULL_SERIALIZER, ROW_SQN_INFO } from './table-records.js';
import { BINARY_ROW_DATA, ROW_DATA, ROW_DATA_KEY } from './table-row-data.js';
import { DECIMAL_DATA, SORTED_LONG_FORMAT, STRING_DATA_FORMAT, TIMESTAMP_DATA } from './table-scalars.js';
import { TABLE_WINDOWS, WINDOW_KEY } from './table-windows.js';
import { TIMER } from './timer.js';
import { TTL } from './ttl.js';
import { TTL_AWARE } from './ttl-aware.js';
import { TUPLE } from './tuple.js';
import { TWO_PHASE_COMMIT } from './two-phase-commit.js';
import { UNION } from './union.js';

/** Every serializer snapshot that can be read, one row a class or family. Users append rows of their own. */
export const SNAPSHOT_FORMATS: readonly SnapshotFormat[] = [
  ...SIMPLE_FORMATS,
  LIST,
  ARRAY_LIST,
  MAP,
  SET,
  GENERIC_ARRAY,
  GENERIC_ARRAY_CONFIG,
  TUPLE,
  ROW,
  POJO,
  ENUM,
  NULLABLE,
  JAVA_EITHER,
  EITHER,
  AVRO,
  KRYO,
  ...GENERIC_TYPES,
  JAVA_SERIALIZER,
  SINGLE_THREAD_ACCESS_CHECKING,
  TTL,
  TTL_AWARE,
  TIMER,
  STREAM_ELEMENT,
  UNION,
  BUFFER_ENTRY,
  TWO_PHASE_COMMIT,
  EVENT_ID_FORMAT,
  DEWEY_NUMBER_FORMAT,
  LOCKABLE_FORMAT,
  NODE_ID_FORMAT,
  EDGE_FORMAT,
  NODE_FORMAT,
  OLD_NODE_FORMAT,
  NFA_STATE_FORMAT,
  ...OLD_CEP_FORMATS,
  ROW_DATA,
  BINARY_ROW_DATA,
  ROW_DATA_KEY,
  ARRAY_DATA,
  MAP_DATA,
  STRING_DATA_FORMAT,
  DECIMAL_DATA,
  TIMESTAMP_DATA,
  SORTED_LONG_FORMAT,
  RAW_VALUE_DATA,
  EXTERNAL,
  LINKED_LIST,
  SORTED_MAP,
  LIST_VIEW,
  MAP_VIEW,
  NULL_AWARE_MAP,
  NULL_SERIALIZER,
  ...TABLE_WINDOWS,
  WINDOW_KEY,
  LINKED_NODE,
  META_SQN_INFO,
  ROW_SQN_INFO,
  SCALA_CASE_CLASS,
  SCALA_ENUM,
  SCALA_OPTION,
  SCALA_EITHER,
  SCALA_TRY,
  SCALA_TRAVERSABLE,
  SCALA_UNIT,
  SCALA_NOTHING,
] as readonly SnapshotFormat[];
