import { type DataInputView, describeJavaObject, isJavaObject, StatewrightError } from '@statewright/bytes';
import { quoted } from './class-names.js';

/*
 * Forms of Flink 1.7 and earlier that hold a Java-serialized serializer. Flink itself stopped to read them with 1.17.
 * They are refused, with the names that can be told without running anything.
 */

const KIND = 'serializer snapshot';
const NEXT = 'take a savepoint with Flink 1.8 to 1.16 and read that one';

/**
 * An outer snapshot of version 1. The view stands after the version:
 *
 *     i32 offset of the serializer, i32 offset of its configuration, i32 length
 *     i32 proxy version, i32 length, Java object stream     the serializer
 *     i32 version, utf configuration class, i32 version, body
 *
 * Follows `TypeSerializerSerializationUtil` of Flink 1.6.
 */
export function legacyOuterSnapshot(input: DataInputView): StatewrightError {
  const at = input.pos - 4;
  const names = attempt(input, () => {
    input.skip(12);
    const serializer = readSerializerClass(input);
    input.skip(4);
    return `: serializer ${quoted(serializer)} with configuration ${quoted(input.readUTF(KIND))}`;
  });
  input.pos = at;
  const reason = `version 1 is found but 2 is expected: a Java-serialized serializer, as Flink 1.6 and earlier wrote${names}`;
  return input.error('LEGACY_FORMAT', KIND, reason, 4, NEXT);
}

/**
 * A `TypeSerializerConfigSnapshot` in the place of a snapshot, begun at `at`. The view stands after its version:
 *
 *     i32 proxy version, i32 length, Java object stream     the serializer
 *     i32 version, body                                     of the configuration
 *
 * Follows `TypeSerializerConfigSnapshot#writeSnapshot` of Flink 1.7.
 */
export function legacyConfigSnapshot(input: DataInputView, at: number, className: string): StatewrightError {
  const names = attempt(input, () => ` of serializer ${quoted(readSerializerClass(input))}`);
  const length = input.pos - at;
  input.pos = at;
  const reason = `${quoted(className)} is a configuration snapshot of Flink 1.7${names}, which is Java-serialized`;
  return input.error('LEGACY_FORMAT', KIND, reason, length, NEXT);
}

function readSerializerClass(input: DataInputView): string {
  input.skip(4);
  const length = input.readCount(KIND);
  const limit = input.limit;
  input.limit = input.pos + length;
  try {
    const root = describeJavaObject(input);
    return isJavaObject(root) ? root.description.name : '?';
  } finally {
    input.pos = input.limit;
    input.limit = limit;
  }
}

/** The description, or nothing when the bytes are not of that form: the refusal itself does not depend on it. */
function attempt(input: DataInputView, describe: () => string): string {
  const at = input.pos;
  try {
    return describe();
  } catch (error) {
    if (!(error instanceof StatewrightError)) throw error;
    input.pos = at;
    return '';
  }
}
