import { compositeFormat } from '../composite.js';
import { elementsCodec } from '../elements.js';
import type {
  Codec,
  CodecCompiler,
  Describer,
  SerializerSnapshot,
  SnapshotFormat,
  TypeDescription,
} from '../model.js';
import { readNestedSnapshots, writeNestedSnapshots } from '../nested-snapshots.js';

const SERIALIZER = 'GenericArraySerializer';

/** Value: `i32 n, n x (bool present, [element])`; here true means that the element is there. */
function codecOf(element: SerializerSnapshot, compiler: CodecCompiler): Codec {
  const codec = compiler.compile(element, 'element');
  return elementsCodec(compiler, { element: codec, flag: 'is-present', serializer: SERIALIZER });
}

function describeArray(
  componentClass: string,
  element: SerializerSnapshot,
  describe: Describer,
): TypeDescription {
  return {
    type: 'array',
    serializer: SERIALIZER,
    fields: [{ name: 'element', type: describe(element), nullable: true }],
    details: { componentClass },
  };
}

/**
 * Outer part: `utf componentClass`.
 * Follows `org.apache.flink.api.common.typeutils.base.GenericArraySerializerSnapshot`, Flink 1.20.
 */
export const GENERIC_ARRAY = compositeFormat<string>({
  classNames: ['org.apache.flink.api.common.typeutils.base.GenericArraySerializerSnapshot'],
  notes: { type: 'array', serializer: SERIALIZER, flink: '1.8-2.3', values: 'array' },
  outerVersions: [1],
  arity: 1,
  readOuter: (input) => input.readUTF('component class'),
  writeOuter: (output, componentClass) => output.writeUTF(componentClass),
  describe: (snapshot, describe) => describeArray(snapshot.outer, snapshot.nested[0]!, describe),
  codec: (snapshot, compiler) => codecOf(snapshot.nested[0]!, compiler),
});

/** What a `GenericArraySerializerConfigSnapshot` holds. */
export interface GenericArrayConfigSnapshot extends SerializerSnapshot {
  readonly componentClass: string;
}

/**
 *     utf componentClass
 *     nested snapshots       one
 *
 * Follows `org.apache.flink.api.common.typeutils.base.GenericArraySerializerConfigSnapshot`, Flink 1.7.
 */
export const GENERIC_ARRAY_CONFIG: SnapshotFormat<GenericArrayConfigSnapshot> = {
  classNames: ['org.apache.flink.api.common.typeutils.base.GenericArraySerializerConfigSnapshot'],
  versions: [2],
  notes: { type: 'array', serializer: SERIALIZER, flink: '1.7', values: 'array' },
  read(input, { className, version, start }, reader) {
    const componentClass = input.readUTF('component class');
    const nested = readNestedSnapshots(input, reader);
    if (nested.length !== 1) {
      throw input.error(
        'BAD_VALUE',
        SERIALIZER,
        `${nested.length} nested snapshots are found but 1 is expected`,
        0,
      );
    }
    return { className, version, componentClass, nested, span: input.spanFrom(start) };
  },
  write(output, snapshot, writer) {
    output.writeUTF(snapshot.componentClass);
    writeNestedSnapshots(output, snapshot.nested, writer);
  },
  describe: (snapshot, describe) => describeArray(snapshot.componentClass, snapshot.nested[0]!, describe),
  codec: (snapshot, compiler) => codecOf(snapshot.nested[0]!, compiler),
};
