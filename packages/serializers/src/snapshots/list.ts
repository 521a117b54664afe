import { listHash } from '../codecs/java-hash.js';
import { compositeFormat } from '../composite.js';
import { elementsCodec } from '../elements.js';
import type { Codec, CodecCompiler, FormatNotes, SerializerSnapshot } from '../model.js';

function listRow(className: string, notes: FormatNotes) {
  return compositeFormat({
    classNames: [className],
    notes,
    outerVersions: [1],
    legacyVersions: [1],
    arity: 1,
    describe: (snapshot, describe) => ({
      type: 'list',
      class: 'java.util.List',
      serializer: notes.serializer,
      fields: [{ name: 'element', type: describe(snapshot.nested[0]!) }],
    }),
    codec: (snapshot, compiler) => listCodec(compiler, snapshot.nested[0]!, notes.serializer),
  });
}

/** `i32 n, n elements`: the codec of a list; an array. Its hash is `List#hashCode`. */
export function listCodec(compiler: CodecCompiler, child: SerializerSnapshot, serializer: string): Codec {
  const element = compiler.compile(child, 'element');
  const codec = elementsCodec(compiler, { element, flag: 'none', serializer });
  if (element.hash === undefined) return codec;
  const hashOf = element.hash;
  return {
    ...codec,
    hash: (value) => (Array.isArray(value) ? listHash(value.map((item) => hashOf(item))) : 0),
  };
}

/** `ListSerializer`: no null elements. Follows `ListSerializerSnapshot`, Flink 1.20. */
export const LIST = listRow('org.apache.flink.api.common.typeutils.base.ListSerializerSnapshot', {
  type: 'list',
  serializer: 'ListSerializer',
  flink: '1.7-2.3',
  values: 'array',
});

/** The lists that a state backend keeps for ListState. Follows `ArrayListSerializerSnapshot`, Flink 1.20. */
export const ARRAY_LIST = listRow('org.apache.flink.runtime.state.ArrayListSerializerSnapshot', {
  type: 'list',
  serializer: 'ArrayListSerializer',
  flink: '1.7-2.3',
  values: 'array',
});
