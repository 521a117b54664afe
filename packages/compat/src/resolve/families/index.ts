import { AVRO_FAMILY } from './avro.js';
import { COMPOSITE_FAMILY } from './composite.js';
import { ENUM_FAMILY } from './enum.js';
import type { Family } from './family.js';
import { GENERIC_TYPE_FAMILY } from './generic-type.js';
import { KRYO_FAMILY } from './kryo.js';
import { POJO_FAMILY } from './pojo.js';
import { ROW_DATA_FAMILY, ROW_DATA_KEY_FAMILY } from './row-data.js';
import { SCALA_ENUM_FAMILY } from './scala-enum.js';
import { SIMPLE_FAMILY } from './simple.js';
import {
  BINARY_ROW_DATA_FAMILY,
  ELEMENT_TYPES_FAMILY,
  PRECISION_FAMILY,
  SORTED_MAP_FAMILY,
} from './table-values.js';
import { TTL_AWARE_FAMILY } from './ttl-aware.js';

/** Every family of Flink's serializers; what is in none decides for itself. */
export const FAMILIES: readonly Family[] = [
  SIMPLE_FAMILY,
  COMPOSITE_FAMILY,
  POJO_FAMILY,
  ENUM_FAMILY,
  KRYO_FAMILY,
  AVRO_FAMILY,
  GENERIC_TYPE_FAMILY,
  TTL_AWARE_FAMILY,
  ROW_DATA_FAMILY,
  ROW_DATA_KEY_FAMILY,
  BINARY_ROW_DATA_FAMILY,
  ELEMENT_TYPES_FAMILY,
  PRECISION_FAMILY,
  SORTED_MAP_FAMILY,
  SCALA_ENUM_FAMILY,
];
