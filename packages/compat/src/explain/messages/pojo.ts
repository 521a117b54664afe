import { CHECK, type KnownMessage } from '../known-message.js';

/* PojoSerializerSnapshot, LinkedOptionalMap of 1.8 to 2.3: what a POJO's own comparison swallows and then trips over. */

const fieldSnapshots: KnownMessage = {
  id: 'pojo-field-unreadable',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['field serializer snapshots should be present'],
  pattern: /field serializer snapshots should be present/,
  rules: ['pojo-field-unreadable'],
  read: () => ({
    cause:
      'the serializer of a POJO field cannot be read from the snapshot: the class of the field is gone, or a constant of its enum. Flink takes the field for removed and says so only in a warning further up ("Exception while reading serializer snapshot")',
    next: [
      'put the class or the constant back for one more release, even if the field itself is dropped',
      CHECK,
    ],
    clues: { className: undefined, serializer: 'PojoSerializer' },
  }),
};

const notAField: KnownMessage = {
  id: 'pojo-field-no-longer-one',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['a present field should have its associated new field serializer'],
  pattern: /a present field should have its associated new field serializer available/,
  rules: ['pojo-field-unreadable'],
  read: () => ({
    cause:
      'a field of a POJO is still in the class but no field of the POJO any more: it became transient or static, or belongs to a class that is no superclass any more',
    next: ['make it an ordinary field again, or take it out of the class altogether', CHECK],
    clues: { serializer: 'PojoSerializer' },
  }),
};

const readingWarning: KnownMessage = {
  id: 'pojo-part-cannot-be-read',
  flink: '1.8 to 2.3',
  weight: 'wrapper',
  needles: [
    'Exception while reading serializer snapshot',
    'Exception while reading field ',
    'Exception while reading class ',
  ],
  pattern:
    /PojoSerializerSnapshotData .{0,40}?Exception while reading (?:field (?<field>[\w$]{1,300})|class (?<name>[\w$.]{1,500})|serializer snapshot)/,
  rules: [],
  read: ({ groups }) => ({
    cause:
      'a part of a POJO cannot be read from the snapshot; Flink goes on as if it were not there, and dies later where it needs it',
    next: [CHECK],
    field: groups!.field,
    clues: { className: groups!.name },
  }),
};

/** POJOs. */
export const POJO: readonly KnownMessage[] = [fieldSnapshots, notAField, readingWarning];
