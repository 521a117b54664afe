import { CHECK, type KnownMessage, SCHEMA } from '../known-message.js';

/* InstantiationUtil, AvroSerializerSnapshot, EnumSerializer and PojoSerializer of 1.8 to 2.3: classes that are gone. */

const CLASS = String.raw`[\w$.]{1,500}`;
const KEEP = 'keep the old class on the classpath for one more release of the job, under its old name';

const classInSnapshot: KnownMessage = {
  id: 'class-of-snapshot-missing',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['Could not find class', 'Unable to find the class'],
  pattern: new RegExp(
    `Could not find class '(?<name>${CLASS})' in classpath|Unable to find the class '(?<avro>${CLASS})' which is used to deserialize`,
  ),
  rules: ['class-changed', 'pojo-class-changed', 'snapshot-class-gone'],
  read: ({ groups }) => {
    const name = groups!.name ?? groups!.avro!;
    const next = [CHECK, KEEP];
    const clues = { className: name };
    if (name.startsWith('org.apache.flink.'))
      return { cause: flinkClassGone(name), next: [CHECK, SCHEMA], clues };
    return {
      cause: `the snapshot names the class ${name}, and the new job has none of that name: it was moved to another package, renamed or removed. Flink loads it before it compares anything`,
      next,
      clues,
    };
  },
};

function flinkClassGone(name: string): string {
  if (name.includes('.api.scala.')) {
    return `the snapshot was written by Flink's Scala API (${name}), which Flink 2.x no longer has: state of Scala types cannot be restored there`;
  }
  if (name.includes('SerializerConfig')) {
    return `the snapshot has the form of Flink 1.7 and before (${name}), which releases from 1.17 on no longer read: restore it with 1.16, take a savepoint there, and go on with that`;
  }
  return `${name} is a class of Flink that this release or this classpath does not have: it was removed between two releases, or a dependency of the job is missing (flink-avro, flink-table-runtime, flink-cep)`;
}

const oldForms: KnownMessage = {
  id: 'snapshot-form-too-old',
  flink: '1.17 to 2.3',
  weight: 'cause',
  needles: [
    'TypeSerializerConfigSnapshot is no longer supported',
    "doesn't support recovery from pre Flink 1.8",
    'please migrate using Flink 1.16',
    'InternalTimersSnapshotReader is no longer supported',
  ],
  pattern:
    /TypeSerializerConfigSnapshot is no longer supported|doesn't support recovery from pre Flink 1\.8|please migrate using Flink 1\.16|InternalTimersSnapshotReader is no longer supported/,
  rules: [],
  read: () => ({
    cause: 'the snapshot has a form of Flink 1.7 and before, which releases from 1.17 on no longer read',
    next: [
      'restore it with Flink 1.16, take a canonical savepoint there, and go on with that',
      'statewright inspect SNAPSHOT',
    ],
  }),
};

const enumConstant: KnownMessage = {
  id: 'enum-constant-removed',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['Could not create a restore serializer for enum'],
  pattern: new RegExp(
    `Could not create a restore serializer for enum (?:class )?(?<name>${CLASS})\\. Probably because`,
  ),
  rules: ['enum-constant-removed'],
  read: ({ groups }) => ({
    cause: `a constant of the enum ${groups!.name} that the snapshot knows is gone or renamed. In a POJO, Flink only writes this warning, takes the field for removed, and dies later with "field serializer snapshots should be present"`,
    next: [
      'put the constant back; it may be marked as deprecated, but has to stay as long as snapshots name it',
      CHECK,
    ],
    clues: { className: groups!.name },
  }),
};

const classNotFound: KnownMessage = {
  id: 'class-not-found',
  flink: '1.8 to 2.3',
  weight: 'symptom',
  needles: ['ClassNotFoundException: ', 'NoClassDefFoundError: '],
  pattern: /(?:ClassNotFoundException|NoClassDefFoundError): (?<name>[\w$./]{1,500})/,
  rules: [],
  read: ({ groups }) => {
    const name = groups!.name!.replaceAll('/', '.');
    return {
      cause: `the class ${name} is not on the classpath of the job`,
      next: ['see that the jar of the job has it, under that name', SCHEMA],
      clues: { className: name },
    };
  },
};

const cannotInstantiate: KnownMessage = {
  id: 'pojo-cannot-be-made',
  flink: '1.8 to 2.3',
  weight: 'symptom',
  needles: ['Cannot instantiate class'],
  pattern: /RuntimeException: Cannot instantiate class\.?/,
  rules: ['pojo-subclass-unregistered', 'pojo-with-unregistered-subclasses'],
  read: () => ({
    cause:
      'a value names a subclass of a POJO that is gone or is no subclass any more. Values hold the names of subclasses that were not registered, and no check before the restore looks at them',
    next: [KEEP, CHECK],
  }),
};

const serialVersion: KnownMessage = {
  id: 'java-serialized-class-changed',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['local class incompatible'],
  pattern: new RegExp(
    `InvalidClassException: (?<name>${CLASS}); local class incompatible: stream classdesc serialVersionUID = (?<old>-?\\d+), local class serialVersionUID = (?<now>-?\\d+)`,
  ),
  rules: [],
  read: ({ groups }) => ({
    cause: `an object of ${groups!.name} was stored with Java serialization as version ${groups!.old}, and the class on the classpath is version ${groups!.now}`,
    next: [
      `declare \`private static final long serialVersionUID = ${groups!.old}L\` in it, if its fields are still the same`,
      SCHEMA,
    ],
    clues: { className: groups!.name },
  }),
};

/** Classes that a snapshot names and the job does not have. */
export const CLASSES: readonly KnownMessage[] = [
  classInSnapshot,
  oldForms,
  enumConstant,
  classNotFound,
  cannotInstantiate,
  serialVersion,
];
