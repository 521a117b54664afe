import { type DataInputView, type DataOutputView, StatewrightError } from '@statewright/bytes';
import type { Codec } from './model.js';
import { Opaque } from './values.js';

const FOLLOWS = 'follows an opaque value of unknown length';
const NOTHING = new Uint8Array(0);

/** Takes everything up to the limit and marks the view, so that whoever reads on knows that nothing is left. */
export function readToLimit(
  input: DataInputView,
  why: string,
  className: string | undefined,
  serializer: string,
): Opaque {
  return opaqueFrom(input, input.pos, why, className, serializer);
}

/** As `readToLimit`, from an earlier position. */
export function opaqueFrom(
  input: DataInputView,
  start: number,
  why: string,
  className: string | undefined,
  serializer: string,
): Opaque {
  const bytes = input.bytes.slice(start, input.limit);
  const span = { file: input.file, start: input.fileOffset + start, end: input.fileOffset + input.limit };
  input.pos = input.limit;
  input.openEnd = input.limit;
  return new Opaque(bytes, span, why, className, serializer);
}

/** What stands in the place of a value that an opaque one before it has swallowed. */
export function followsOpaque(input: DataInputView): Opaque {
  return new Opaque(NOTHING, input.spanFrom(input.filePos), FOLLOWS, undefined, '');
}

/** Whether a value is such a stand-in: it and all that comes after it are written as nothing. */
export function isFollower(value: unknown): boolean {
  return value instanceof Opaque && value.why === FOLLOWS;
}

/** Whether reading `codec` may end at the limit instead of where the bytes say. */
export function mayRunToLimit(codec: Codec): boolean {
  return codec.mayRunToLimit ?? !codec.delimited;
}

/** The codec of a serializer whose values nothing but its own Java code understands. */
export function opaqueCodec(why: string, className: string | undefined, serializer: string): Codec {
  return {
    length: -1,
    delimited: false,
    minLength: 0,
    read: (input) => readToLimit(input, why, className, serializer),
    write: (output, value) => writeOpaque(output, value, serializer),
    skip: skipToLimit,
  };
}

/** Writes an `Opaque` as the bytes it holds; CANNOT_ENCODE for anything else. */
export function writeOpaque(output: DataOutputView, value: unknown, serializer: string): void {
  if (!(value instanceof Opaque)) {
    throw new StatewrightError('CANNOT_ENCODE', {
      kind: serializer,
      reason: `only an opaque value can be written back, but this is ${kindOf(value)}`,
    });
  }
  output.writeBytes(value.bytes);
}

export function skipToLimit(input: DataInputView): void {
  input.pos = input.limit;
  input.openEnd = input.limit;
}

/** What a value is, for messages: `null`, `bigint`, `RowValue` ... */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value !== 'object') return `a ${typeof value}`;
  return `a ${value.constructor?.name ?? 'object'}`;
}

/** The error for a value of the wrong kind. */
export function cannotEncode(serializer: string, wanted: string, value: unknown): StatewrightError {
  const reason = `${wanted} is expected, but the value is ${kindOf(value)}`;
  return new StatewrightError('CANNOT_ENCODE', { kind: serializer, reason });
}
