import { type DataInputView, describeJavaObject, type JavaValue } from '@statewright/bytes';

/** A Java object as it stands in a snapshot, and what it says. */
export interface JavaBytes {
  /** The whole object stream, to be written back as it is. */
  readonly bytes: Uint8Array;
  readonly value: JavaValue;
}

/** Reads one Java object stream, which tells its end itself, and keeps a copy of its bytes. */
export function readJavaBytes(input: DataInputView): JavaBytes {
  const start = input.pos;
  const value = describeJavaObject(input);
  return { bytes: input.bytes.slice(start, input.pos), value };
}
