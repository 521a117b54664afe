import { CHECK, type KnownMessage, SCHEMA } from '../known-message.js';

/*
 * What Flink accepts and cannot read or write then: exceptions of the JDK and of Avro, told apart by the frames below them.
 * Seen with 1.20.3 and 2.3.0.
 */

const avroWrite: KnownMessage = {
  id: 'avro-migration-fails',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: [
    'ClassCastException',
    'IndexOutOfBoundsException',
    'NullPointerException',
    'UnresolvedUnionException',
    'AvroRuntimeException',
    'AvroTypeException',
  ],
  pattern:
    /(?:ClassCastException|IndexOutOfBoundsException|NullPointerException|UnresolvedUnionException|AvroRuntimeException|AvroTypeException)(?::(?: .*? at (?<owner>[\w$]{1,300})\.(?<field>[\w$]{1,300})$)?|$)/,
  frame: /org\.apache\.avro\.(?:generic|specific|reflect)\.\w*(?:DatumWriter|GenericData)/,
  rules: ['avro-migration-fails'],
  read: ({ groups }) => ({
    cause:
      'the Avro schemas fit, so Flink accepts the change, but generic records are then written by position: the new schema has a field where the old record has another or none. rocksdb fails while it migrates, hashmap at the next checkpoint',
    next: [
      CHECK,
      'add new fields at the end only and keep the order, or use generated classes (SpecificRecord), which Avro resolves by name',
    ],
    field: groups!.field,
    clues: { serializer: 'AvroSerializer', className: groups!.owner, field: groups!.field },
  }),
};

const migrationFailed: KnownMessage = {
  id: 'migration-failed',
  flink: '1.8 to 2.3',
  weight: 'symptom',
  needles: ['Error while trying to migrate RocksDB'],
  pattern: /Error while trying to migrate RocksDB (?<kind>list |map )?state/,
  rules: ['avro-migration-fails'],
  read: ({ groups }) => ({
    cause:
      'rocksdb accepted the new type and failed while it rewrote the values: an old value cannot be read, or cannot be written in the new form. The exception below it tells which',
    next: [CHECK, SCHEMA],
    clues: {
      place: 'value',
      kinds: groups!.kind === undefined ? undefined : [groups!.kind.trim() as 'list' | 'map'],
      all: true,
    },
  }),
};

/** Types of which Flink compares the parts only. */
const COMPOSITE = String.raw`(?:java\.util\.\w{0,40}(?:List|Map|Set)|org\.apache\.flink\.(?:api\.java\.tuple\.\w+|types\.(?:Row|Either)[\w$]*))`;

const wrongComposite: KnownMessage = {
  id: 'value-of-another-type',
  flink: '1.19 to 2.3',
  weight: 'cause',
  needles: ['ClassCastException'],
  pattern: new RegExp(
    `ClassCastException: (?:class )?(?<old>${COMPOSITE}) cannot be cast to (?:class )?(?<now>${COMPOSITE})`,
  ),
  frame: /org\.apache\.flink\./,
  rules: ['composite-exchanged'],
  read: ({ groups }) => ({
    cause: `a value comes back as ${groups!.old} where the job expects ${groups!.now}: Flink compared only the parts of the two types, found them equal, and accepted one composite type for another (from 1.19 on: List for Tuple1, Map for Tuple2, Row for Tuple)`,
    next: [CHECK, 'ask for the state with its old type, or under a new name'],
    clues: compositeClues(groups!.old!),
  }),
};

function compositeClues(className: string) {
  if (/\.(?:Array|Linked)?List$/.test(className))
    return { serializer: 'ListSerializer', place: 'value' } as const;
  if (/Map$/.test(className)) return { serializer: 'MapSerializer', place: 'value' } as const;
  return { className };
}

const readPastEnd: KnownMessage = {
  id: 'value-misread',
  flink: '1.8 to 2.3',
  weight: 'symptom',
  needles: [
    'EOFException',
    'NegativeArraySizeException',
    'UTFDataFormatException',
    'IndexOutOfBoundsException',
    'NullPointerException',
    'OutOfMemoryError: Requested array size',
  ],
  pattern:
    /(?:EOFException|NegativeArraySizeException|UTFDataFormatException|IndexOutOfBoundsException|NullPointerException|OutOfMemoryError: Requested array size)(?::|$)/,
  frame:
    /org\.apache\.flink\.[\w.]*\.(?:\w*Serializer\.deserialize|\w*RestoreOperation|StateTableByKeyGroupReaders|\w*KeyGroupReader)\b/,
  rules: ['composite-exchanged', 'opaque-value'],
  read: () => ({
    cause:
      'the bytes of a value are not what the serializer expects, although it was accepted: a type that Flink cannot compare (Kryo, a custom serializer, Writable) has changed, one composite type was taken for another, or the file is damaged',
    next: [CHECK, 'statewright stats SNAPSHOT', SCHEMA],
  }),
};

/** Values that are accepted and cannot be read. */
export const MISREAD_MESSAGES: readonly KnownMessage[] = [
  avroWrite,
  wrongComposite,
  migrationFailed,
  readPastEnd,
];
