import type { TypeForm } from './form.js';

const BASE = 'org.apache.flink.api.common.typeutils.base.';
const SCALA = 'org.apache.flink.api.scala.typeutils.';
const WINDOWS = 'org.apache.flink.streaming.api.windowing.windows.';
const SQL_WINDOWS = 'org.apache.flink.table.runtime.operators.window.';
const CEP = 'org.apache.flink.cep.nfa.';

/** A serializer of flink-core whose snapshot class is nested in it. */
function base(keyword: string, name: string): readonly [string, string] {
  const serializer = name.slice(name.lastIndexOf('.') + 1);
  return [keyword, `${BASE}${name}$${serializer}Snapshot`];
}

/** Keywords that say everything, and their snapshot classes: `SimpleTypeSerializerSnapshot`s, Flink 1.20 and 2.3. */
const SIMPLE_TYPES: readonly (readonly [keyword: string, className: string])[] = [
  base('boolean', 'BooleanSerializer'),
  base('byte', 'ByteSerializer'),
  base('short', 'ShortSerializer'),
  base('int', 'IntSerializer'),
  base('long', 'LongSerializer'),
  base('float', 'FloatSerializer'),
  base('double', 'DoubleSerializer'),
  base('char', 'CharSerializer'),
  base('string', 'StringSerializer'),
  base('biginteger', 'BigIntSerializer'),
  base('bigdecimal', 'BigDecSerializer'),
  base('date', 'DateSerializer'),
  base('sql-date', 'SqlDateSerializer'),
  base('sql-time', 'SqlTimeSerializer'),
  base('sql-timestamp', 'SqlTimestampSerializer'),
  base('instant', 'InstantSerializer'),
  base('local-date', 'LocalDateSerializer'),
  base('local-time', 'LocalTimeSerializer'),
  base('local-date-time', 'LocalDateTimeSerializer'),
  base('void', 'VoidSerializer'),
  base('boolean-value', 'BooleanValueSerializer'),
  base('byte-value', 'ByteValueSerializer'),
  base('short-value', 'ShortValueSerializer'),
  base('int-value', 'IntValueSerializer'),
  base('long-value', 'LongValueSerializer'),
  base('float-value', 'FloatValueSerializer'),
  base('double-value', 'DoubleValueSerializer'),
  base('char-value', 'CharValueSerializer'),
  base('string-value', 'StringValueSerializer'),
  base('null-value', 'NullValueSerializer'),
  base('boolean[]', 'array.BooleanPrimitiveArraySerializer'),
  base('byte[]', 'array.BytePrimitiveArraySerializer'),
  base('char[]', 'array.CharPrimitiveArraySerializer'),
  base('short[]', 'array.ShortPrimitiveArraySerializer'),
  base('int[]', 'array.IntPrimitiveArraySerializer'),
  base('long[]', 'array.LongPrimitiveArraySerializer'),
  base('float[]', 'array.FloatPrimitiveArraySerializer'),
  base('double[]', 'array.DoublePrimitiveArraySerializer'),
  base('string[]', 'array.StringArraySerializer'),
  base('variant', 'VariantSerializer'),
  base('bitmap', 'BitmapSerializer'),
  ['tuple0', 'org.apache.flink.api.java.typeutils.runtime.Tuple0SerializerSnapshot'],
  [
    'void-namespace',
    'org.apache.flink.runtime.state.VoidNamespaceSerializer$VoidNamespaceSerializerSnapshot',
  ],
  ['java-object', 'org.apache.flink.runtime.state.JavaSerializer$JavaSerializerSnapshot'],
  ['time-window', `${WINDOWS}TimeWindow$Serializer$TimeWindowSerializerSnapshot`],
  ['global-window', `${WINDOWS}GlobalWindow$Serializer$GlobalWindowSerializerSnapshot`],
  ['sql-time-window', `${SQL_WINDOWS}TimeWindow$Serializer$TimeWindowSerializerSnapshot`],
  ['sql-count-window', `${SQL_WINDOWS}CountWindow$Serializer$CountWindowSerializerSnapshot`],
  ['sql-global-window', `${SQL_WINDOWS}GlobalWindow$Serializer$GlobalWindowSerializerSnapshot`],
  [
    'string-data',
    'org.apache.flink.table.runtime.typeutils.StringDataSerializer$StringDataSerializerSnapshot',
  ],
  [
    'sorted-long',
    'org.apache.flink.table.runtime.operators.sink.SortedLongSerializer$SortedLongSerializerSnapshot',
  ],
  ['data-view-null', 'org.apache.flink.table.dataview.NullSerializer$NullSerializerSnapshot'],
  ['unit', `${SCALA}UnitSerializer$UnitSerializerSnapshot`],
  ['nothing', `${SCALA}NothingSerializerSnapshot`],
  ['event-id', `${CEP}sharedbuffer.EventId$EventIdSerializer$EventIdSerializerSnapshot`],
  ['dewey-number', `${CEP}DeweyNumber$DeweyNumberSerializer$DeweyNumberSerializerSnapshot`],
];

/** The version that `SimpleTypeSerializerSnapshot` writes since Flink 1.8. */
const VERSION = 3;

/** The snapshot of a serializer that nothing but its class describes, without its place. */
export function simpleSnapshot(className: string) {
  return { className, version: VERSION, nested: [], serializerClass: undefined };
}

/** A keyword each. */
export const SIMPLE_FORMS: readonly TypeForm[] = SIMPLE_TYPES.map(([keyword, className]) => ({
  keyword,
  classNames: [className],
  parse: (parser) => parser.placed(simpleSnapshot(className)),
  print: () => keyword,
}));

/** The snapshot class of a simple type's keyword. */
export const SIMPLE_CLASSES: ReadonlyMap<string, string> = new Map(SIMPLE_TYPES);
