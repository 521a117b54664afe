import {
  type CompositeSnapshot,
  compileCodec,
  EitherValue,
  MapValue,
  type PojoSnapshot,
  RecordValue,
  RowValue,
  type SerializerSnapshot,
  SetValue,
  TtlValue,
} from '@statewright/serializers';
import type { Convert } from '../job/entry-change.js';
import { isPojo, pojoConverter, rebuildPojo } from './pojo.js';
import { cannotConvert } from './type-change.js';

/** The converters of a snapshot's nested types, in their order; undefined where values stay as they are. They take null. */
type Children = readonly (Convert | undefined)[];

/** How serializers of some classes are put together again when the types inside them have changed. */
export interface Family {
  /** How a value is converted whose parts are; undefined when nobody knows. */
  readonly convert?: (children: Children, snapshot: SerializerSnapshot) => Convert;
  /** The snapshot around other nested ones; default: only `nested` is another. */
  readonly rebuild?: (
    snapshot: SerializerSnapshot,
    nested: readonly SerializerSnapshot[],
  ) => SerializerSnapshot;
  /** Why the types inside cannot change: one sentence without a full stop. */
  readonly refuses?: string;
}

/** A value is what its one nested serializer reads. */
const TRANSPARENT: Family = { convert: ([inner]) => inner! };

/** Null takes as many bytes as a value where values are of a fixed length and the serializer pads. */
const NULLABLE: Family = {
  ...TRANSPARENT,
  rebuild(snapshot, nested) {
    const padded = (snapshot as CompositeSnapshot<number>).outer > 0;
    const outer = padded ? Math.max(0, compileCodec(nested[0]!).length) : 0;
    return { ...snapshot, nested, outer } as SerializerSnapshot;
  },
};

/** Array of what the one nested serializer reads; null elements stay. */
const ELEMENTS: Family = {
  convert:
    ([element], snapshot) =>
    (value) =>
      elementsOf(value, snapshot).map(element!),
};

const SET: Family = {
  convert:
    ([element], snapshot) =>
    (value) => {
      if (!(value instanceof SetValue)) throw notDecoded(value, snapshot);
      return new SetValue(value.elements.map(element!));
    },
};

const MAP: Family = {
  convert([key = same, value = same], snapshot) {
    return (map) => {
      if (!(map instanceof MapValue)) throw notDecoded(map, snapshot);
      return new MapValue(map.entries.map(([k, v]) => [key(k), value(v)] as const));
    };
  },
};

/** Array of fields by position. */
const POSITIONS: Family = {
  convert: (children, snapshot) => (value) => fieldsAt(children, 0)(elementsOf(value, snapshot)),
};

const ROW: Family = {
  convert: (children, snapshot) => {
    const fields = fieldsAt(children, 0);
    return (value) => {
      if (!(value instanceof RowValue)) throw notDecoded(value, snapshot);
      return new RowValue(value.kind, fields(value.fields), value.names);
    };
  },
};

/** Record whose fields from position `first` on are those of the nested serializers. */
function record(first = 0): Family {
  return {
    convert(children, snapshot) {
      const fields = fieldsAt(children, first);
      return (value) => {
        if (Array.isArray(value)) return fields(value);
        if (!(value instanceof RecordValue)) throw notDecoded(value, snapshot);
        return new RecordValue(value.shape, fields(value.fields), value.subclass);
      };
    },
  };
}

const EITHER: Family = {
  convert:
    ([left = same, right = same], snapshot) =>
    (value) => {
      if (!(value instanceof EitherValue)) throw notDecoded(value, snapshot);
      return new EitherValue(value.side, (value.side === 'left' ? left : right)(value.value));
    },
};

/** Some(null) is a record of its own, see `SCALA_OPTION`. */
const OPTION: Family = {
  convert:
    ([inner]) =>
    (value) =>
      value instanceof RecordValue && value.shape.className === 'scala.Some' ? value : inner!(value),
};

const TRY: Family = {
  convert:
    ([success = same, failure = same], snapshot) =>
    (value) => {
      if (!(value instanceof RecordValue)) throw notDecoded(value, snapshot);
      const inner = value.shape.className === 'scala.util.Success' ? success : failure;
      return new RecordValue(value.shape, value.fields.map(inner));
    },
};

/** A pending transaction, those to be committed, each with its time, and the user's context. */
const TWO_PHASE_COMMIT: Family = {
  convert([transaction = same, context = same], snapshot) {
    const holder: Convert = (value) => {
      if (value === null) return null;
      if (!(value instanceof RecordValue)) throw notDecoded(value, snapshot);
      const [handle, ...time] = value.fields;
      return new RecordValue(value.shape, [transaction(handle), ...time]);
    };
    return (value) => {
      if (!(value instanceof RecordValue)) throw notDecoded(value, snapshot);
      const [pending, commits, own] = value.fields;
      const fields = [holder(pending), elementsOf(commits, snapshot).map(holder), context(own)];
      return new RecordValue(value.shape, fields);
    };
  },
};

const TTL: Family = {
  convert:
    ([, inner]) =>
    (value) => {
      if (!(value instanceof TtlValue)) throw cannotConvert('a value with TTL', value, 'which has no time');
      return new TtlValue(value.lastAccessMillis, inner!(value.value));
    },
};

const SQL_OBJECT: Family = {
  refuses: 'its SQL type is kept as a Java object, which would still name the old type',
};

const POJO: Family = {
  convert: (children, snapshot) => pojoConverter(snapshot as PojoSnapshot, children),
  rebuild: (snapshot, nested) => rebuildPojo(snapshot as PojoSnapshot, nested),
};

const BASE = 'org.apache.flink.api.common.typeutils.';
const RUNTIME = 'org.apache.flink.api.java.typeutils.runtime.';
const STATE = 'org.apache.flink.runtime.state.';
const SCALA = 'org.apache.flink.api.scala.typeutils.';
const STREAMING = 'org.apache.flink.streaming.';
const TABLE = 'org.apache.flink.table.';
const TYPEUTILS = `${TABLE}runtime.typeutils.`;
const LINKED = `${TABLE}runtime.sequencedmultisetstate.linked.`;
const BUFFER = 'org.apache.flink.cep.nfa.sharedbuffer.';

/** A row per snapshot class that nests others. */
const ROWS: readonly (readonly [family: Family, ...classNames: string[]])[] = [
  [
    ELEMENTS,
    `${BASE}base.ListSerializerSnapshot`,
    `${STATE}ArrayListSerializerSnapshot`,
    `${BASE}base.GenericArraySerializerSnapshot`,
    `${BASE}base.GenericArraySerializerConfigSnapshot`,
    `${SCALA}TraversableSerializerSnapshot`,
    `${TYPEUTILS}LinkedListSerializer$LinkedListSerializerSnapshot`,
  ],
  [SET, `${BASE}base.SetSerializerSnapshot`],
  [
    MAP,
    `${BASE}base.MapSerializerSnapshot`,
    `${TYPEUTILS}SortedMapSerializerSnapshot`,
    `${TABLE}dataview.NullAwareMapSerializerSnapshot`,
  ],
  [POSITIONS, `${RUNTIME}TupleSerializerSnapshot`],
  [ROW, `${RUNTIME}RowSerializer$RowSerializerSnapshot`],
  [
    record(),
    `${SCALA}ScalaCaseClassSerializerSnapshot`,
    `${SCALA}Tuple2CaseClassSerializerSnapshot`,
    `${LINKED}NodeSerializer$NodeSerializerSnapshot`,
    `${LINKED}MetaSqnInfoSerializer$MetaSqnInfoSerializerSnapshot`,
    `${LINKED}RowSqnInfoSerializer$RowSqnInfoSerializerSnapshot`,
  ],
  [
    record(1),
    `${BUFFER}LockableTypeSerializerSnapshot`,
    `${STREAMING}api.operators.co.IntervalJoinOperator$BufferEntrySerializerSnapshot`,
  ],
  [
    EITHER,
    `${RUNTIME}JavaEitherSerializerSnapshot`,
    `${RUNTIME}EitherSerializerSnapshot`,
    `${SCALA}ScalaEitherSerializerSnapshot`,
    `${STREAMING}api.datastream.CoGroupedStreams$UnionSerializerSnapshot`,
  ],
  [OPTION, `${SCALA}ScalaOptionSerializerSnapshot`],
  [TRY, `${SCALA}ScalaTrySerializerSnapshot`],
  [
    TRANSPARENT,
    `${STATE}ttl.TtlAwareSerializerSnapshot`,
    `${BASE}SingleThreadAccessCheckingTypeSerializer$SingleThreadAccessCheckingTypeSerializerSnapshot`,
    `${TABLE}dataview.ListViewSerializerSnapshot`,
    `${TABLE}dataview.MapViewSerializerSnapshot`,
  ],
  [
    TTL,
    `${STATE}ttl.TtlStateFactory$TtlSerializerSnapshot`,
    `${STATE}v2.ttl.TtlStateFactory$TtlSerializerSnapshot`,
  ],
  [
    TWO_PHASE_COMMIT,
    `${STREAMING}api.functions.sink.TwoPhaseCommitSinkFunction$StateSerializerSnapshot`,
    `${STREAMING}api.functions.sink.legacy.TwoPhaseCommitSinkFunction$StateSerializerSnapshot`,
  ],
  [NULLABLE, `${RUNTIME}NullableSerializer$NullableSerializerSnapshot`],
  [POJO, `${RUNTIME}PojoSerializerSnapshot`],
  [
    SQL_OBJECT,
    `${TYPEUTILS}RowDataSerializer$RowDataSerializerSnapshot`,
    `${TYPEUTILS}ExternalSerializer$ExternalSerializerSnapshot`,
    `${TYPEUTILS}RawValueDataSerializer$RawValueDataSerializerSnapshot`,
    `${LINKED}RowDataKeySerializerSnapshot`,
  ],
];

const FAMILIES: ReadonlyMap<string, Family> = new Map(
  ROWS.flatMap(([family, ...classNames]) => classNames.map((name) => [name, family] as const)),
);

/** How serializers of a snapshot class are put together again. */
export function familyOf(snapshot: SerializerSnapshot): Family {
  return FAMILIES.get(snapshot.className) ?? {};
}

/** The names of classes that a POJO's subclasses are known under, `[]` for every other nested type. */
export function superclassesIn(
  snapshot: SerializerSnapshot,
  own: readonly string[],
): readonly (readonly string[])[] {
  if (!isPojo(snapshot)) return snapshot.nested.map(() => []);
  const fields = snapshot.fields.filter(({ value }) => value !== undefined).length;
  return snapshot.nested.map((_, i) => (i < fields ? [] : [...own, snapshot.pojoClass]));
}

function same(value: unknown): unknown {
  return value;
}

function fieldsAt(children: Children, first: number): (fields: readonly unknown[]) => unknown[] {
  return (fields) =>
    fields.map((field, i) => {
      const convert = children[i - first];
      return convert === undefined ? field : convert(field);
    });
}

function elementsOf(value: unknown, snapshot: SerializerSnapshot): readonly unknown[] {
  if (!Array.isArray(value)) throw notDecoded(value, snapshot);
  return value;
}

function notDecoded(value: unknown, { className }: SerializerSnapshot): Error {
  return cannotConvert(`a value of ${className}`, value, 'which is not of that form');
}
