import type { DataInputView } from '@statewright/bytes';
import { minLengthOf } from './counts.js';
import type { Codec } from './model.js';
import { cannotEncode, mayRunToLimit } from './opaque.js';
import { EitherValue, RecordValue } from './values.js';

/** One of several values, told apart by a byte. */
export interface Variant {
  readonly tag: number;
  readonly codec: Codec;
  /** The value of the choice from the variant's. */
  wrap(value: unknown): unknown;
  /** The variant's value in a box, or undefined when the choice is another. */
  unwrap(value: unknown): readonly [unknown] | undefined;
}

/** `i8 tag`, then the value of that variant. */
export function choiceCodec(variants: readonly Variant[], serializer: string): Codec {
  const find = (input: DataInputView): Variant => {
    const tag = input.readByte(serializer);
    const variant = variants.find((candidate) => candidate.tag === tag);
    if (variant !== undefined) return variant;
    input.pos--;
    const tags = variants.map((candidate) => candidate.tag).join(', ');
    throw input.error('BAD_VALUE', serializer, `tag ${tag} is found but ${tags} are expected`);
  };
  const codecs = variants.map((variant) => variant.codec);
  return {
    length: -1,
    delimited: codecs.every((codec) => codec.delimited),
    mayRunToLimit: codecs.some(mayRunToLimit),
    minLength: 1 + Math.min(...codecs.map(minLengthOf)),
    read(input) {
      const variant = find(input);
      return variant.wrap(variant.codec.read(input));
    },
    write(output, value) {
      for (const variant of variants) {
        const box = variant.unwrap(value);
        if (box === undefined) continue;
        output.writeByte(variant.tag);
        variant.codec.write(output, box[0]);
        return;
      }
      throw cannotEncode(serializer, `one of its ${variants.length} kinds of value`, value);
    },
    skip: (input) => find(input).codec.skip(input),
  };
}

/** The variant that is a side of an Either. */
export function eitherVariant(tag: number, side: 'left' | 'right', codec: Codec): Variant {
  return {
    tag,
    codec,
    wrap: (value) => new EitherValue(side, value),
    unwrap: (value) => (value instanceof EitherValue && value.side === side ? [value.value] : undefined),
  };
}

/** The variant whose values are records of `arity` fields of a class; its codec makes them. */
export function recordVariant(tag: number, className: string, arity: number, codec: Codec): Variant {
  const fits = (value: unknown): value is RecordValue =>
    value instanceof RecordValue && value.shape.className === className && value.fields.length === arity;
  return { tag, codec, wrap: (value) => value, unwrap: (value) => (fits(value) ? [value] : undefined) };
}
