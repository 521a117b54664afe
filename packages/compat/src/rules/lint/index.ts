import { BROADCAST_DIFFERS } from './broadcast-differs.js';
import { DEFAULT_MAX_PARALLELISM } from './default-max-parallelism.js';
import { DESCRIPTOR_RENAMED } from './descriptor-renamed.js';
import { EMPTY_STATE } from './empty-state.js';
import { FULL_CHECKPOINTS } from './full-checkpoints.js';
import { HASHMAP_LARGE_STATE } from './hashmap-large-state.js';
import { IN_FLIGHT_DATA_LARGE } from './in-flight-data-large.js';
import { KEY_NOT_EVOLVABLE } from './key-not-evolvable.js';
import { KEYS_WITHOUT_TTL } from './keys-without-ttl.js';
import { KRYO_FALLBACK } from './kryo-fallback.js';
import { LARGE_OPERATOR_STATE } from './large-operator-state.js';
import { LARGE_VALUE_STATE } from './large-value-state.js';
import type { LintRule } from './lint-rule.js';
import { LONG_LIST_STATE } from './long-list-state.js';
import { MANAGED_MEMORY_UNUSED } from './managed-memory-unused.js';
import { OPAQUE_TYPE } from './opaque-type.js';
import { OPERATOR_UID_UNKNOWN } from './operator-uid-unknown.js';
import { OPERATOR_WITHOUT_UID } from './operator-without-uid.js';
import { PARALLELISM_NEAR_MAX } from './parallelism-near-max.js';
import { POJO_WITH_UNREGISTERED_SUBCLASSES } from './pojo-with-unregistered-subclasses.js';
import { ROCKSDB_CACHE_SIZE_IGNORED } from './rocksdb-cache-size-ignored.js';
import { ROCKSDB_MEMORY_SMALL } from './rocksdb-memory-small.js';
import { ROCKSDB_MEMORY_UNBOUNDED } from './rocksdb-memory-unbounded.js';
import { ROCKSDB_WRITE_BUFFERS_SMALL } from './rocksdb-write-buffers-small.js';
import { SKEWED_KEY_GROUPS } from './skewed-key-groups.js';
import { STATE_GONE } from './state-gone.js';
import { STATE_GROWS } from './state-grows.js';
import { STATE_NOT_MEASURED } from './state-not-measured.js';
import { TIMERS_FAR_AHEAD } from './timers-far-ahead.js';
import { TIMERS_LONG_OVERDUE } from './timers-long-overdue.js';
import { TTL_EXPIRED_SHARE } from './ttl-expired-share.js';
import { TTL_MISSING_BESIDE_TTL } from './ttl-missing-beside-ttl.js';
import { TTL_VALUES_OLD } from './ttl-values-old.js';

/** All rules of `lint`, in the order of the docs. */
export const LINT_RULES: readonly LintRule[] = [
  DESCRIPTOR_RENAMED,
  STATE_GONE,
  BROADCAST_DIFFERS,
  KRYO_FALLBACK,
  OPAQUE_TYPE,
  KEY_NOT_EVOLVABLE,
  POJO_WITH_UNREGISTERED_SUBCLASSES,
  OPERATOR_WITHOUT_UID,
  OPERATOR_UID_UNKNOWN,
  DEFAULT_MAX_PARALLELISM,
  PARALLELISM_NEAR_MAX,
  KEYS_WITHOUT_TTL,
  TTL_MISSING_BESIDE_TTL,
  STATE_GROWS,
  TTL_EXPIRED_SHARE,
  TTL_VALUES_OLD,
  LARGE_VALUE_STATE,
  LONG_LIST_STATE,
  LARGE_OPERATOR_STATE,
  SKEWED_KEY_GROUPS,
  EMPTY_STATE,
  TIMERS_LONG_OVERDUE,
  TIMERS_FAR_AHEAD,
  IN_FLIGHT_DATA_LARGE,
  HASHMAP_LARGE_STATE,
  FULL_CHECKPOINTS,
  ROCKSDB_MEMORY_SMALL,
  ROCKSDB_WRITE_BUFFERS_SMALL,
  ROCKSDB_MEMORY_UNBOUNDED,
  ROCKSDB_CACHE_SIZE_IGNORED,
  MANAGED_MEMORY_UNUSED,
  STATE_NOT_MEASURED,
];
