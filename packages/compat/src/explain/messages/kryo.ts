import { CHECK, type KnownMessage, SCHEMA } from '../known-message.js';

/* LinkedOptionalMap and KryoSerializerSnapshotData of 1.8 to 2.3; Kryo 2.24 (Flink 1.x) and Kryo 5 (Flink 2.x). */

const KRYO = { clues: { serializer: 'KryoSerializer', className: undefined } } as const;
const MISREAD =
  'Kryo says nothing of its own types, so Flink finds nothing wrong before it reads the first value';
const AWAY = 'move the state to a type that can change: a POJO, Avro, or List and Map with type information';

const missingValue: KnownMessage = {
  id: 'kryo-registration-unreadable',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['Missing value for the key'],
  pattern: /Missing value for the key '(?<key>.{1,500}?)'/,
  rules: ['restore-fails', 'kryo-collection-in-2x', 'kryo-fallback'],
  read: ({ groups }) => {
    const own = groups!.key!.startsWith('org.apache.avro.generic.GenericData');
    const why = own
      ? 'With flink-avro on the classpath, Flink 1.x writes it into the snapshot of every Kryo type, as an object of a class that Flink 2.x no longer has'
      : 'Its class, or the class of the serializer that it is registered with, is gone';
    return {
      cause: `a Kryo type in the snapshot has a registration that cannot be read: ${groups!.key}. ${why}; where Flink needs the old serializer itself, the restore fails`,
      next: [
        own
          ? 'stay on the old release until the state is moved away from Kryo there'
          : 'put the class back on the classpath',
        CHECK,
        SCHEMA,
      ],
      ...KRYO,
    };
  },
};

const unregistered: KnownMessage = {
  id: 'kryo-unregistered-class-id',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['Encountered unregistered class ID'],
  pattern: /Encountered unregistered class ID: (?<id>-?\d+)/,
  rules: ['kryo-registrations-changed', 'kryo-fallback'],
  read: ({ groups }) => ({
    cause: `a value holds the Kryo class id ${groups!.id}, under which nothing is registered: registrations were removed or changed their order, or the bytes are read from a wrong place because a class has other fields than it had. ${MISREAD}`,
    next: ['register the same classes in the same order as the job that wrote the snapshot', SCHEMA, AWAY],
    ...KRYO,
  }),
};

const classMissing: KnownMessage = {
  id: 'kryo-class-missing',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['KryoException: Unable to find class'],
  pattern: /KryoException: Unable to find class: (?<name>.{1,300})/,
  rules: ['kryo-fallback'],
  read: ({ groups }) => {
    const sound = /^[\w$.[\]]+;?$/.test(groups!.name!.trim());
    return {
      cause: sound
        ? `a Kryo value names the class ${groups!.name!.trim()}, which is not on the classpath: it was moved, renamed or removed. Values hold class names, and no check before the restore looks at them`
        : `where a Kryo value should have the name of a class it has other bytes: they are read from a wrong place because a class has other fields than it had. ${MISREAD}`,
      next: [sound ? 'keep the class under its old name for one more release' : SCHEMA, AWAY],
      ...KRYO,
    };
  },
};

const noConstructor: KnownMessage = {
  id: 'kryo-no-constructor',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['Class cannot be created'],
  pattern: /Class cannot be created \((?<why>[^)]{1,200})\): (?<name>[\w$.]{1,500})/,
  rules: ['kryo-fallback'],
  read: ({ groups }) => ({
    cause: `Kryo cannot make an object of ${groups!.name}: ${groups!.why}`,
    next: ['give the class a default constructor, or register a serializer for it', SCHEMA],
    clues: { className: groups!.name },
  }),
};

const misread: KnownMessage = {
  id: 'kryo-value-misread',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['KryoException', 'KryoBufferUnderflowException', 'Buffer underflow'],
  pattern:
    /KryoBufferUnderflowException|KryoException: (?:Buffer underflow|java\.(?:lang|util|io)\.\w+Exception|Unable to resolve reference|Error (?:during|constructing|reading)|.{0,120}?Exception)|Buffer underflow/,
  rules: ['kryo-2-under-kryo-5', 'opaque-value', 'kryo-fallback'],
  read: () => ({
    cause: `a Kryo value does not have the bytes that the class of today would have: a field was added, removed or retyped in a class behind Kryo, a custom serializer changed, or Kryo 2 values (Flink 1.x) are read by Kryo 5 (Flink 2.x). ${MISREAD}`,
    next: ['put the class back as it was when the snapshot was written', SCHEMA, AWAY],
    ...KRYO,
  }),
};

const registrationLost: KnownMessage = {
  id: 'kryo-registration-lost',
  flink: '1.8 to 2.3',
  weight: 'warning',
  needles: [
    'Kryo serialization in classpath',
    'Kryo serializer class for class',
    'previously serialized kryo serializer',
    'does not have a proper serializer',
  ],
  pattern:
    /Cannot find registered class (?<a>[\w$.]{1,500}) for Kryo serialization in classpath|registered Kryo serializer class for class (?<b>[\w$.]{1,500}) |Cannot deserialize a previously serialized kryo serializer for the type (?<c>[\w$.]{1,500})|previously registered class (?<d>[\w$.]{1,500}) does not have a proper serializer/,
  rules: ['kryo-registrations-changed', 'kryo-fallback'],
  read: ({ groups }) => {
    const name = groups!.a ?? groups!.b ?? groups!.c ?? groups!.d;
    return {
      cause: `the snapshot has a Kryo registration of ${name} that cannot be loaded; Flink puts a dummy in its place, which fails as soon as a value needs it`,
      next: ['put the class and its serializer back on the classpath, and register them as before', SCHEMA],
      clues: { className: name },
    };
  },
};

/** Kryo: what its snapshots and values trip over. */
export const KRYO_MESSAGES: readonly KnownMessage[] = [
  missingValue,
  unregistered,
  classMissing,
  noConstructor,
  misread,
  registrationLost,
];
