import { compositeFormat } from '../composite.js';
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
    return sequenceCodec(compiler, {
      codecs,
      serializer: SERIALIZER,
      finish: (fields) => fields,
      fieldsOf: (value) => (Array.isArray(value) ? value : undefined),
    });
  },
});
