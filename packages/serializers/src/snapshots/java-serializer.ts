import { type DataInputView, describeJavaObject, isJavaObject } from '@statewright/bytes';
import type { Codec } from '../model.js';
import { writeOpaque } from '../opaque.js';
import { Opaque } from '../values.js';
import { simpleFormat } from './simple.js';

const WHY = 'a Java object stream, which is described and never executed';

/** Moves past one object stream and gives the class of its root object. */
function skipObject(input: DataInputView): string | undefined {
  const root = describeJavaObject(input);
  return isJavaObject(root) ? root.description.name : undefined;
}

/** A Java object stream without a length: the grammar of the stream tells its end. */
const JAVA_OBJECT: Codec = {
  length: -1,
  delimited: true,
  minLength: 5,
  read(input) {
    const start = input.pos;
    const at = input.filePos;
    const className = skipObject(input);
    return new Opaque(
      input.bytes.slice(start, input.pos),
      input.spanFrom(at),
      WHY,
      className,
      'JavaSerializer',
    );
  },
  write: (output, value) => writeOpaque(output, value, 'JavaSerializer'),
  skip: skipObject,
};

/** Follows `org.apache.flink.runtime.state.JavaSerializer`, Flink 1.20. */
export const JAVA_SERIALIZER = simpleFormat({
  snapshotClass: 'org.apache.flink.runtime.state.JavaSerializer$JavaSerializerSnapshot',
  serializer: 'JavaSerializer',
  type: 'java-object',
  valueClass: 'java.io.Serializable',
  codec: JAVA_OBJECT,
  values: 'Opaque, with its class',
  opaque: WHY,
});
