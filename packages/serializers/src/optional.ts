import type { DataInputView } from '@statewright/bytes';
import { minLengthOf } from './counts.js';
import type { Codec } from './model.js';
import { mayRunToLimit } from './opaque.js';

/** What the byte before an optional value means, and what stands for a value that is not there. */
export interface OptionalParts {
  readonly inner: Codec;
  /** Whether a byte other than 0 means that the value is there, or that it is not. */
  readonly flag: 'is-present' | 'is-null';
  /** Zero bytes in the place of an absent value. */
  readonly padding?: number;
}

/** A byte, then the value or `padding` zero bytes; null when absent. */
export function optionalCodec({ inner, flag, padding = 0 }: OptionalParts): Codec {
  const absentByte = flag === 'is-null' ? 1 : 0;
  const isAbsent = (input: DataInputView): boolean => input.readBoolean() === (flag === 'is-null');
  return {
    length: padding > 0 && inner.length === padding ? 1 + padding : -1,
    delimited: inner.delimited,
    mayRunToLimit: mayRunToLimit(inner),
    minLength: 1 + Math.min(padding, minLengthOf(inner)),
    read(input) {
      if (!isAbsent(input)) return inner.read(input);
      input.skip(padding, 'padding');
      return null;
    },
    write(output, value) {
      output.writeByte(value === null ? absentByte : 1 - absentByte);
      if (value !== null) inner.write(output, value);
      else for (let i = 0; i < padding; i++) output.writeByte(0);
    },
    skip(input) {
      if (isAbsent(input)) input.skip(padding, 'padding');
      else inner.skip(input);
    },
    ...(inner.hash ? { hash: (value: unknown) => (value === null ? 0 : inner.hash?.(value)) } : {}),
  };
}
