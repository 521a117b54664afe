import type { SnapshotFormat } from '../model.js';
import { KRYO } from './kryo.js';
import { ARRAY_LIST, LIST } from './list.js';
import { MAP } from './map.js';
import { POJO } from './pojo.js';
import { ROW } from './row.js';
import { SIMPLE_FORMATS } from './simple.js';
import { TTL } from './ttl.js';
import { TUPLE } from './tuple.js';

/** Every serializer snapshot that can be read, one row a class or family. Users append rows of their own. */
export const SNAPSHOT_FORMATS: readonly SnapshotFormat[] = [
  ...SIMPLE_FORMATS,
  LIST,
  ARRAY_LIST,
  MAP,
  TUPLE,
  ROW,
  POJO,
  KRYO,
  TTL,
] as readonly SnapshotFormat[];
