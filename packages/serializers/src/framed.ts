import { type DataInputView, DataOutputView } from '@statewright/bytes';
import type { Codec } from './model.js';

/** Reads a value that fills `length` bytes exactly, whatever the codec: one that is not delimited ends with them. */
export function readFramed(input: DataInputView, inner: Codec, length: number, kind: string): unknown {
  const { limit } = input;
  input.limit = input.pos + length;
  const value = inner.read(input);
  input.expectEnd(kind);
  input.limit = limit;
  // The frame tells the end: what follows it is not swallowed.
  input.openEnd = -1;
  return value;
}

/** `i32 length, value`. */
export function framedCodec(inner: Codec, kind: string): Codec {
  return {
    length: -1,
    delimited: true,
    minLength: 4,
    read: (input) => readFramed(input, inner, input.readCount(kind), kind),
    write(output, value) {
      const frame = new DataOutputView();
      inner.write(frame, value);
      output.writeBytes32(frame.view());
    },
    skip: (input) => input.skip(input.readCount(kind), kind),
  };
}
