/** What the comparison of two serializers can meet; each code belongs to one rule. A code is never given another meaning. */
export const NOTE_CODES = [
  /* POJO */
  'pojo-field-added',
  'pojo-field-removed',
  'pojo-field-type-changed',
  'pojo-field-unreadable',
  'pojo-field-moved',
  'pojo-class-changed',
  'pojo-subclass-registration-changed',
  'pojo-subclass-missing',
  'pojo-subclass-unregistered',
  /* Enum */
  'enum-constants-appended',
  'enum-constants-reordered',
  'enum-constant-removed',
  'enum-class-changed',
  /* Composites */
  'serializer-changed',
  'arity-changed',
  'composite-exchanged',
  'nullable-changed',
  'row-kind-changed',
  'class-changed',
  /* TTL */
  'ttl-turned-on',
  'ttl-turned-off',
  /* Avro */
  'avro-schema-changed',
  'avro-schema-incompatible',
  'avro-migration-fails',
  /* Kryo and others whose bytes are not described */
  'kryo-registrations-changed',
  'kryo-type-changed',
  'kryo-cannot-tell',
  'kryo-2-under-kryo-5',
  'custom-cannot-tell',
  /* SQL */
  'row-type-changed',
  'precision-changed',
  /* The classes of the target release */
  'snapshot-class-gone',
  'snapshot-class-unknown',
] as const;

/** One of `NOTE_CODES`. */
export type NoteCode = (typeof NOTE_CODES)[number];
