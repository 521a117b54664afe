import { productHash, scalaDoubleHash, scalaFloatHash, scalaLongHash } from '../codecs/scala-hash.js';
import { compositeFormat } from '../composite.js';
import type { Codec, SerializerSnapshot } from '../model.js';
import { recordCodec } from '../record.js';
import { sequenceCodec } from '../sequence.js';

const PACKAGE = 'org.apache.flink.api.scala.typeutils.';
const SERIALIZER = 'ScalaCaseClassSerializer';

/** Scala's own tuples come out as arrays, as Java's do. */
function isTuple(className: string): boolean {
  return /^scala\.Tuple\d+(\$.*)?$/.test(className);
}

/** The names are not stored; these are those of `Product`'s accessors. */
function fieldNames(arity: number): string[] {
  return Array.from({ length: arity }, (_, i) => `_${i + 1}`);
}

/**
 * Outer part: `utf class`. Value: the fields one after the other, no null flags.
 * Follows `ScalaCaseClassSerializerSnapshot` and `Tuple2CaseClassSerializerSnapshot` of flink-scala, Flink 1.20.
 */
export const SCALA_CASE_CLASS = compositeFormat<string>({
  classNames: [`${PACKAGE}ScalaCaseClassSerializerSnapshot`, `${PACKAGE}Tuple2CaseClassSerializerSnapshot`],
  notes: {
    type: 'case-class',
    serializer: SERIALIZER,
    flink: '1.8-1.20',
    values: 'RecordValue with names _1, _2 ...; a scala.Tuple: array',
  },
  outerVersions: [2],
  readOuter: (input) => input.readUTF('case class'),
  writeOuter: (output, className) => output.writeUTF(className),
  describe: (snapshot, describe) => ({
    type: isTuple(snapshot.outer) ? 'tuple' : 'case-class',
    class: snapshot.outer,
    serializer: SERIALIZER,
    fields: fieldNames(snapshot.nested.length).map((name, i) => ({
      name,
      type: describe(snapshot.nested[i]!),
    })),
  }),
  codec(snapshot, compiler) {
    const names = fieldNames(snapshot.nested.length);
    const codecs = snapshot.nested.map((field, i) => compiler.compile(field, names[i]!));
    if (!isTuple(snapshot.outer)) {
      return recordCodec(compiler, { className: snapshot.outer, names }, codecs, SERIALIZER);
    }
    const codec = sequenceCodec(compiler, {
      codecs,
      serializer: SERIALIZER,
      finish: (fields) => fields,
      fieldsOf: (value) => (Array.isArray(value) ? value : undefined),
    });
    const hashes = snapshot.nested.map((field, i) => elementHash(field, codecs[i]!));
    return { ...codec, hash: (value) => tupleHash(hashes, value) };
  },
});

type Hash = (value: unknown) => number | undefined;

/** `##` of an element: numbers by their value, anything else by its `hashCode`. */
function elementHash({ className }: SerializerSnapshot, codec: Codec): Hash {
  const serializer = /\.(Long|Double|Float)Serializer\$/.exec(className)?.[1];
  if (serializer === 'Long') return (value) => scalaLongHash(value as bigint);
  if (serializer === 'Double') return (value) => scalaDoubleHash(value as number);
  if (serializer === 'Float') return (value) => scalaFloatHash(value as number);
  return (value) => codec.hash?.(value);
}

/** A tuple's hash; a case class may have a `hashCode` of its own, so it has none here. */
function tupleHash(hashes: readonly Hash[], value: unknown): number | undefined {
  if (!Array.isArray(value)) return 0;
  return productHash(hashes.map((hash, i) => (value[i] === null ? 0 : hash(value[i]))));
}
