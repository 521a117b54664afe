import type { CheckRules } from '../../check/find-findings.js';
import { ARITY_CHANGED } from './arity-changed.js';
import { AVRO_INCOMPATIBLE } from './avro-incompatible.js';
import { AVRO_MIGRATION_FAILS } from './avro-migration-fails.js';
import { AVRO_SCHEMA_CHANGED } from './avro-schema-changed.js';
import { BACKEND_CHANGED } from './backend-changed.js';
import type { CheckRule } from './check-rule.js';
import { CLASS_CHANGED } from './class-changed.js';
import { COMPOSITE_EXCHANGED } from './composite-exchanged.js';
import { ENUM_CLASS_CHANGED } from './enum-class-changed.js';
import { ENUM_CONSTANT_REMOVED } from './enum-constant-removed.js';
import { ENUM_CONSTANTS_APPENDED } from './enum-constants-appended.js';
import { ENUM_CONSTANTS_REORDERED } from './enum-constants-reordered.js';
import { KEY_SERIALIZER_CHANGED } from './key-serializer-changed.js';
import { KRYO_2_UNDER_KRYO_5 } from './kryo-2-under-kryo-5.js';
import { KRYO_COLLECTION_IN_2X } from './kryo-collection-in-2x.js';
import { KRYO_REGISTRATIONS_CHANGED } from './kryo-registrations-changed.js';
import { KRYO_TYPE_CHANGED } from './kryo-type-changed.js';
import { MAX_PARALLELISM_CHANGED } from './max-parallelism-changed.js';
import { MAX_PARALLELISM_DERIVED } from './max-parallelism-derived.js';
import { MAX_PARALLELISM_DISAGREES } from './max-parallelism-disagrees.js';
import { NAMESPACE_SERIALIZER_CHANGED } from './namespace-serializer-changed.js';
import { NULLABLE_CHANGED } from './nullable-changed.js';
import { OPAQUE_VALUE } from './opaque-value.js';
import { OPERATOR_DROPPED } from './operator-dropped.js';
import { OPERATOR_STATE_MODE_CHANGED } from './operator-state-mode-changed.js';
import { POJO_CLASS_CHANGED } from './pojo-class-changed.js';
import { POJO_FIELD_ADDED } from './pojo-field-added.js';
import { POJO_FIELD_MOVED } from './pojo-field-moved.js';
import { POJO_FIELD_REMOVED } from './pojo-field-removed.js';
import { POJO_FIELD_RENAMED } from './pojo-field-renamed.js';
import { POJO_FIELD_TYPE_CHANGED } from './pojo-field-type-changed.js';
import { POJO_FIELD_UNREADABLE } from './pojo-field-unreadable.js';
import { POJO_SUBCLASS_REGISTRATION_CHANGED } from './pojo-subclass-registration-changed.js';
import { POJO_SUBCLASS_UNREGISTERED } from './pojo-subclass-unregistered.js';
import { RESTORE_FAILS } from './restore-fails.js';
import { ROW_KIND_CHANGED } from './row-kind-changed.js';
import { ROW_TYPE_CHANGED } from './row-type-changed.js';
import { SERIALIZER_CHANGED } from './serializer-changed.js';
import { SNAPSHOT_CLASS_GONE } from './snapshot-class-gone.js';
import { SNAPSHOT_NEWER_THAN_TARGET } from './snapshot-newer-than-target.js';
import { STARTS_EMPTY } from './starts-empty.js';
import { STATE_DROPPED } from './state-dropped.js';
import { STATE_KIND_CHANGED } from './state-kind-changed.js';
import { STATE_RENAMED } from './state-renamed.js';
import { TTL_FLIPPED } from './ttl-flipped.js';
import { UID_CHANGED } from './uid-changed.js';
import { VERDICT_UNKNOWN } from './verdict-unknown.js';

/** All rules of `check`, in the order of the docs: about the job, operators, states, places, then types. */
export const CHECK_RULES: readonly CheckRule[] = [
  SNAPSHOT_NEWER_THAN_TARGET,
  BACKEND_CHANGED,
  OPERATOR_DROPPED,
  UID_CHANGED,
  STARTS_EMPTY,
  MAX_PARALLELISM_CHANGED,
  MAX_PARALLELISM_DERIVED,
  MAX_PARALLELISM_DISAGREES,
  STATE_DROPPED,
  STATE_RENAMED,
  STATE_KIND_CHANGED,
  OPERATOR_STATE_MODE_CHANGED,
  VERDICT_UNKNOWN,
  KEY_SERIALIZER_CHANGED,
  NAMESPACE_SERIALIZER_CHANGED,
  RESTORE_FAILS,
  KRYO_COLLECTION_IN_2X,
  POJO_FIELD_RENAMED,
  POJO_FIELD_ADDED,
  POJO_FIELD_REMOVED,
  POJO_FIELD_TYPE_CHANGED,
  POJO_FIELD_UNREADABLE,
  POJO_FIELD_MOVED,
  POJO_CLASS_CHANGED,
  POJO_SUBCLASS_REGISTRATION_CHANGED,
  POJO_SUBCLASS_UNREGISTERED,
  ENUM_CONSTANTS_APPENDED,
  ENUM_CONSTANT_REMOVED,
  ENUM_CLASS_CHANGED,
  SERIALIZER_CHANGED,
  ARITY_CHANGED,
  COMPOSITE_EXCHANGED,
  NULLABLE_CHANGED,
  ROW_KIND_CHANGED,
  CLASS_CHANGED,
  TTL_FLIPPED,
  AVRO_SCHEMA_CHANGED,
  AVRO_INCOMPATIBLE,
  AVRO_MIGRATION_FAILS,
  KRYO_REGISTRATIONS_CHANGED,
  KRYO_TYPE_CHANGED,
  OPAQUE_VALUE,
  KRYO_2_UNDER_KRYO_5,
  ROW_TYPE_CHANGED,
  SNAPSHOT_CLASS_GONE,
  ENUM_CONSTANTS_REORDERED,
];

/** The rule that each code of the comparison belongs to: a new code does not compile without one. */
const RULE_OF_NOTE: CheckRules['ofNote'] = {
  'pojo-field-added': POJO_FIELD_ADDED,
  'pojo-field-removed': POJO_FIELD_REMOVED,
  'pojo-field-type-changed': POJO_FIELD_TYPE_CHANGED,
  'pojo-field-unreadable': POJO_FIELD_UNREADABLE,
  'pojo-field-moved': POJO_FIELD_MOVED,
  'pojo-class-changed': POJO_CLASS_CHANGED,
  'pojo-subclass-registration-changed': POJO_SUBCLASS_REGISTRATION_CHANGED,
  'pojo-subclass-missing': POJO_FIELD_UNREADABLE,
  'pojo-subclass-unregistered': POJO_SUBCLASS_UNREGISTERED,
  'enum-constants-appended': ENUM_CONSTANTS_APPENDED,
  'enum-constants-reordered': ENUM_CONSTANTS_REORDERED,
  'enum-constant-removed': ENUM_CONSTANT_REMOVED,
  'enum-class-changed': ENUM_CLASS_CHANGED,
  'serializer-changed': SERIALIZER_CHANGED,
  'arity-changed': ARITY_CHANGED,
  'composite-exchanged': COMPOSITE_EXCHANGED,
  'nullable-changed': NULLABLE_CHANGED,
  'row-kind-changed': ROW_KIND_CHANGED,
  'class-changed': CLASS_CHANGED,
  'avro-schema-changed': AVRO_SCHEMA_CHANGED,
  'avro-migration-fails': AVRO_MIGRATION_FAILS,
  'kryo-registrations-changed': KRYO_REGISTRATIONS_CHANGED,
  'kryo-type-changed': KRYO_TYPE_CHANGED,
  'kryo-2-under-kryo-5': KRYO_2_UNDER_KRYO_5,
  'row-type-changed': ROW_TYPE_CHANGED,
  'precision-changed': ROW_TYPE_CHANGED,
  'snapshot-class-gone': SNAPSHOT_CLASS_GONE,
  'ttl-turned-on': TTL_FLIPPED,
  'ttl-turned-off': TTL_FLIPPED,
  'avro-schema-incompatible': AVRO_INCOMPATIBLE,
  'kryo-cannot-tell': OPAQUE_VALUE,
  'custom-cannot-tell': OPAQUE_VALUE,
  'snapshot-class-unknown': VERDICT_UNKNOWN,
};

/** What a check runs. */
export const CHECK_TABLE: CheckRules = { rules: CHECK_RULES, ofNote: RULE_OF_NOTE };
