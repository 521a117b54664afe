import type { CompositeSnapshot, GenericTypeSnapshot, SerializerSnapshot } from '@statewright/serializers';
import { compositeSnapshot } from '../composite-types.js';
import { nameText } from '../cursor.js';
import type { TypeForm, TypeParser } from '../form.js';
import { angles } from '../layout.js';
import { classOf } from './class-of.js';

const RUNTIME = 'org.apache.flink.api.java.typeutils.runtime.';
const SCALA = 'org.apache.flink.api.scala.typeutils.';
const JAVA_TUPLE = 'org.apache.flink.api.java.tuple.Tuple';

type WithText = CompositeSnapshot<string>;

/** `keyword CLASS<type, type>`; CLASS may be left out where `usual` gives the same. */
function classForm(
  keyword: string,
  className: string,
  outerVersion: number,
  usual: (nested: readonly SerializerSnapshot[]) => string | undefined,
  arity?: number,
): TypeForm {
  return {
    keyword,
    classNames: [className],
    parse(parser) {
      const { cursor } = parser;
      const at = cursor.at;
      const written = cursor.name();
      const nested = parser.types(keyword, arity);
      const outer = written ?? usual(nested);
      if (outer === undefined)
        throw cursor.error(at, `a class is expected behind "${keyword}", but the types do not tell it`);
      return parser.placed<WithText>(compositeSnapshot(className, outerVersion, outer, nested));
    },
    print(snapshot, printer) {
      const { outer, nested } = snapshot as WithText;
      const own = outer === usual(nested) ? keyword : `${keyword} ${nameText(outer)}`;
      return [own, angles(printer.types(nested))];
    },
  };
}

const GENERIC_ARRAY = 'org.apache.flink.api.common.typeutils.base.GenericArraySerializerSnapshot';

/** `array<type>`, and its class of elements where the type does not tell it. */
const ARRAY_FORM = classForm(
  'array',
  GENERIC_ARRAY,
  1,
  ([element]) => (element === undefined ? undefined : classOf(element)),
  1,
);

/** A type that writes itself: `value CLASS`. */
function genericForm(keyword: string, serializer: string): TypeForm {
  const className = `${RUNTIME}${serializer}$${serializer}Snapshot`;
  return {
    keyword,
    classNames: [className],
    parse: ({ cursor, placed }) =>
      placed<GenericTypeSnapshot>({
        className,
        version: 2,
        nested: [],
        typeClass: cursor.expectName(`the class behind "${keyword}"`),
      }),
    print: (snapshot) => `${keyword} ${nameText((snapshot as GenericTypeSnapshot).typeClass)}`,
  };
}

/** `traversable "CanBuildFrom"<type>`: Scala source, which is compared and never compiled. */
const TRAVERSABLE_FORM = classForm(
  'traversable',
  `${SCALA}TraversableSerializerSnapshot`,
  2,
  () => undefined,
  1,
);

/** Serializers whose snapshot holds the name of a class, or something else that is one text. */
export const CLASS_FORMS: readonly TypeForm[] = [
  classForm('tuple', `${RUNTIME}TupleSerializerSnapshot`, 2, ({ length }) => `${JAVA_TUPLE}${length}`),
  classForm('case-class', `${SCALA}ScalaCaseClassSerializerSnapshot`, 2, () => undefined),
  classForm('tuple2-case-class', `${SCALA}Tuple2CaseClassSerializerSnapshot`, 2, () => undefined),
  ARRAY_FORM,
  TRAVERSABLE_FORM,
  genericForm('value', 'ValueSerializer'),
  genericForm('copyable-value', 'CopyableValueSerializer'),
  genericForm('writable', 'WritableSerializer'),
];

const NULLABLE = `${RUNTIME}NullableSerializer$NullableSerializerSnapshot`;
const MAX_PADDING = 1 << 16;

/** The `NullableSerializer` of another; null takes as many bytes as `padding`. */
export function nullableOf(parser: TypeParser, inner: SerializerSnapshot, padding = 0): SerializerSnapshot {
  return parser.placed<CompositeSnapshot<number>>(compositeSnapshot(NULLABLE, 2, padding, [inner]));
}

/** The serializer that a `NullableSerializer` wraps, when it is one that writes null without padding. */
export function unpaddedNullable(snapshot: SerializerSnapshot): SerializerSnapshot | undefined {
  if (snapshot.className !== NULLABLE || 'unreadable' in snapshot) return undefined;
  return (snapshot as CompositeSnapshot<number>).outer === 0 ? snapshot.nested[0] : undefined;
}

/** `nullable<type>`, or `nullable(8)<type>` with the bytes that a null takes. Without padding `type?` is the same. */
export const NULLABLE_FORM: TypeForm = {
  keyword: 'nullable',
  classNames: [NULLABLE],
  parse(parser) {
    const { cursor } = parser;
    let padding = 0;
    if (cursor.take('(')) {
      padding = cursor.number('the padding', MAX_PADDING);
      cursor.expect(')', 'behind the padding');
    }
    return nullableOf(parser, parser.types('nullable', 1)[0]!, padding);
  },
  print(snapshot, printer) {
    const { outer, nested } = snapshot as CompositeSnapshot<number>;
    return [outer === 0 ? 'nullable' : `nullable(${outer})`, angles(printer.types(nested))];
  },
};
