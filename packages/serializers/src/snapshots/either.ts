import { choiceCodec, eitherVariant } from '../choice.js';
import { compositeFormat } from '../composite.js';
import type {
  Codec,
  CodecCompiler,
  Describer,
  SerializerSnapshot,
  SnapshotFormat,
  TypeDescription,
} from '../model.js';
import { readNestedSnapshots, writeNestedSnapshots } from '../nested-snapshots.js';
import { EitherValue } from '../values.js';

const SERIALIZER = 'EitherSerializer';

/** Value: `bool isLeft`, then the value of that side. */
export function eitherCodec(left: Codec, right: Codec, serializer: string): Codec {
  return choiceCodec([eitherVariant(1, 'left', left), eitherVariant(0, 'right', right)], serializer);
}

/** The description of a serializer with a left and a right side. */
export function describeEither(
  className: string,
  serializer: string,
  nested: readonly SerializerSnapshot[],
  describe: Describer,
): TypeDescription {
  return {
    type: 'either',
    class: className,
    serializer,
    fields: [
      { name: 'left', type: describe(nested[0]!) },
      { name: 'right', type: describe(nested[1]!) },
    ],
  };
}

/** As `eitherCodec`, with `Either#hashCode`, which is that of the value in it. */
function javaEither(nested: readonly SerializerSnapshot[], compiler: CodecCompiler): Codec {
  const left = compiler.compile(nested[0]!, 'left');
  const right = compiler.compile(nested[1]!, 'right');
  const codec = eitherCodec(left, right, SERIALIZER);
  if (left.hash === undefined || right.hash === undefined) return codec;
  const hash = (value: unknown): number | undefined => {
    if (!(value instanceof EitherValue)) return 0;
    return (value.side === 'left' ? left : right).hash?.(value.value);
  };
  return { ...codec, hash };
}

/** Follows `org.apache.flink.api.java.typeutils.runtime.JavaEitherSerializerSnapshot`, Flink 1.20. */
export const JAVA_EITHER = compositeFormat({
  classNames: ['org.apache.flink.api.java.typeutils.runtime.JavaEitherSerializerSnapshot'],
  notes: { type: 'either', serializer: SERIALIZER, flink: '1.8-2.3', values: 'EitherValue' },
  outerVersions: [1],
  arity: 2,
  describe: (snapshot, describe) =>
    describeEither('org.apache.flink.types.Either', SERIALIZER, snapshot.nested, describe),
  codec: (snapshot, compiler) => javaEither(snapshot.nested, compiler),
});

/**
 * Body: nested snapshots, two, and nothing else.
 * Follows `org.apache.flink.api.java.typeutils.runtime.EitherSerializerSnapshot`, Flink 1.7 (still read by 1.20).
 */
export const EITHER: SnapshotFormat = {
  classNames: ['org.apache.flink.api.java.typeutils.runtime.EitherSerializerSnapshot'],
  versions: [2],
  notes: { type: 'either', serializer: SERIALIZER, flink: '1.7', values: 'EitherValue' },
  read(input, { className, version, start }, reader) {
    const nested = readNestedSnapshots(input, reader);
    if (nested.length !== 2) {
      throw input.error(
        'BAD_VALUE',
        SERIALIZER,
        `${nested.length} nested snapshots are found but 2 are expected`,
        0,
      );
    }
    return { className, version, nested, span: input.spanFrom(start) };
  },
  write: (output, snapshot, writer) => writeNestedSnapshots(output, snapshot.nested, writer),
  describe: (snapshot, describe) =>
    describeEither('org.apache.flink.types.Either', SERIALIZER, snapshot.nested, describe),
  codec: (snapshot, compiler) => javaEither(snapshot.nested, compiler),
};
