import type { SnapshotFormat } from '../model.js';
import { ARRAY_DATA, MAP_DATA } from './table-array-map.js';
import { LINKED_LIST, LIST_VIEW, MAP_VIEW, NULL_AWARE_MAP, SORTED_MAP } from './table-collections.js';
import { EXTERNAL } from './table-external.js';
import { RAW_VALUE_DATA } from './table-raw-value.js';
import { LINKED_NODE, META_SQN_INFO, NULL_SERIALIZER, ROW_SQN_INFO } from './table-records.js';
import { BINARY_ROW_DATA, ROW_DATA, ROW_DATA_KEY } from './table-row-data.js';
import { DECIMAL_DATA, SORTED_LONG_FORMAT, STRING_DATA_FORMAT, TIMESTAMP_DATA } from './table-scalars.js';
import { TABLE_WINDOWS, WINDOW_KEY } from './table-windows.js';

/** All snapshots of flink-table-runtime and flink-table-common. */
export const TABLE_FORMATS = [
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
] as readonly SnapshotFormat[];
