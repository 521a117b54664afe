import type { DataInputView } from '@statewright/bytes';
import { choiceCodec, recordVariant } from '../choice.js';
import { placeholderCodec } from '../codecs/primitives.js';
import { compositeFormat } from '../composite.js';
import { elementsCodec } from '../elements.js';
import type { Codec, CodecCompiler, SerializerSnapshot } from '../model.js';
import { cannotEncode } from '../opaque.js';
import { optionalCodec } from '../optional.js';
import { recordCodec } from '../record.js';
import { RecordValue } from '../values.js';
import { describeEither, eitherCodec } from './either.js';
import { simpleFormat } from './simple.js';

const PACKAGE = 'org.apache.flink.api.scala.typeutils.';
const SOME = { className: 'scala.Some', names: ['value'] };

/** `bool isSome, [element]`. Follows `ScalaOptionSerializerSnapshot` of flink-scala, Flink 1.20. */
export const SCALA_OPTION = compositeFormat({
  classNames: [`${PACKAGE}ScalaOptionSerializerSnapshot`],
  notes: {
    type: 'nullable',
    serializer: 'OptionSerializer',
    flink: '1.8-1.20',
    values: 'the value, or null; Some(null): RecordValue',
  },
  outerVersions: [1, 2],
  arity: 1,
  describe: (snapshot, describe) => ({
    type: 'nullable',
    class: 'scala.Option',
    serializer: 'OptionSerializer',
    fields: [{ name: 'value', type: describe(snapshot.nested[0]!), nullable: true }],
  }),
  codec: (snapshot, compiler) =>
    optionalCodec({ inner: someCodec(compiler.compile(snapshot.nested[0]!, 'value')), flag: 'is-present' }),
});

/** Some(null) is not None: it is kept as a record, so that both write back as they were. */
function someCodec(inner: Codec): Codec {
  const isSomeNull = (value: unknown): boolean =>
    value instanceof RecordValue && value.shape.className === SOME.className && value.fields[0] === null;
  return {
    ...inner,
    read: (input) => inner.read(input) ?? new RecordValue(SOME, [null]),
    write: (output, value) => inner.write(output, isSomeNull(value) ? null : value),
  };
}

/** `bool isLeft`, value. Follows `ScalaEitherSerializerSnapshot` of flink-scala, Flink 1.20. */
export const SCALA_EITHER = compositeFormat({
  classNames: [`${PACKAGE}ScalaEitherSerializerSnapshot`],
  notes: { type: 'either', serializer: 'EitherSerializer', flink: '1.7-1.20', values: 'EitherValue' },
  outerVersions: [1],
  legacyVersions: [1],
  arity: 2,
  describe: (snapshot, describe) =>
    describeEither('scala.util.Either', 'EitherSerializer', snapshot.nested, describe),
  codec(snapshot, compiler) {
    const left = compiler.compile(snapshot.nested[0]!, 'left');
    return eitherCodec(left, compiler.compile(snapshot.nested[1]!, 'right'), 'EitherSerializer');
  },
});

/** `bool isSuccess`, value or throwable (Kryo). Follows `ScalaTrySerializerSnapshot` of flink-scala, Flink 1.20. */
export const SCALA_TRY = compositeFormat({
  classNames: [`${PACKAGE}ScalaTrySerializerSnapshot`],
  notes: {
    type: 'try',
    serializer: 'TrySerializer',
    flink: '1.8-1.20',
    values: 'RecordValue scala.util.Success or scala.util.Failure',
  },
  outerVersions: [1, 2],
  arity: 2,
  describe: (snapshot, describe) => ({
    type: 'try',
    class: 'scala.util.Try',
    serializer: 'TrySerializer',
    fields: [
      { name: 'value', type: describe(snapshot.nested[0]!) },
      { name: 'exception', type: describe(snapshot.nested[1]!) },
    ],
  }),
  codec: (snapshot, compiler) => tryCodec(snapshot.nested, compiler),
});

function tryCodec(nested: readonly SerializerSnapshot[], compiler: CodecCompiler): Codec {
  const success = { className: 'scala.util.Success', names: ['value'] };
  const failure = { className: 'scala.util.Failure', names: ['exception'] };
  const value = compiler.compile(nested[0]!, 'value');
  const exception = compiler.compile(nested[1]!, 'exception');
  return choiceCodec(
    [
      recordVariant(1, success.className, 1, recordCodec(compiler, success, [value], 'TrySerializer')),
      recordVariant(0, failure.className, 1, recordCodec(compiler, failure, [exception], 'TrySerializer')),
    ],
    'TrySerializer',
  );
}

/**
 * Outer part: `utf` Scala source of the CanBuildFrom (kept, never compiled). Value: `i32 n, n x (bool present,
 * [element])`. Follows `TraversableSerializerSnapshot` of flink-scala, Flink 1.20.
 */
export const SCALA_TRAVERSABLE = compositeFormat<string>({
  classNames: [`${PACKAGE}TraversableSerializerSnapshot`],
  notes: { type: 'list', serializer: 'TraversableSerializer', flink: '1.8-1.20', values: 'array' },
  outerVersions: [1, 2],
  arity: 1,
  readOuter: (input) => input.readUTF('CanBuildFrom'),
  writeOuter: (output, code) => output.writeUTF(code),
  describe: (snapshot, describe) => ({
    type: 'list',
    serializer: 'TraversableSerializer',
    fields: [{ name: 'element', type: describe(snapshot.nested[0]!), nullable: true }],
    details: { canBuildFrom: snapshot.outer },
  }),
  codec: (snapshot, compiler) =>
    elementsCodec(compiler, {
      element: compiler.compile(snapshot.nested[0]!, 'element'),
      flag: 'is-present',
      serializer: 'TraversableSerializer',
    }),
});

/** One byte 0. Follows `UnitSerializer` of flink-scala, Flink 1.20. */
export const SCALA_UNIT = simpleFormat({
  snapshotClass: `${PACKAGE}UnitSerializer$UnitSerializerSnapshot`,
  serializer: 'UnitSerializer',
  type: 'void',
  valueClass: 'scala.runtime.BoxedUnit',
  codec: placeholderCodec(() => null, 0, 0),
  flink: '1.8-1.20',
  values: 'null',
});

/** For `Nothing`, which has no values: the other side of an Either or an Option of nothing. */
export const SCALA_NOTHING = simpleFormat({
  snapshotClass: `${PACKAGE}NothingSerializerSnapshot`,
  serializer: 'NothingSerializer',
  type: 'nothing',
  valueClass: 'scala.runtime.Nothing$',
  codec: {
    length: -1,
    delimited: true,
    minLength: 1,
    read: noValue,
    skip: noValue,
    write: (_, value) => {
      throw cannotEncode('NothingSerializer', 'no value at all', value);
    },
  },
  flink: '1.8-1.20',
  values: 'none',
});

function noValue(input: DataInputView): never {
  throw input.error('BAD_VALUE', 'NothingSerializer', 'a value is found where none can be', 0);
}
