import type { SerializerSnapshot } from '@statewright/serializers';
import { compositeSnapshot } from '../composite-types.js';
import type { TypeForm } from '../form.js';
import { angles } from '../layout.js';
import { SIMPLE_CLASSES, simpleSnapshot } from '../simple-types.js';

const STATE = 'org.apache.flink.runtime.state.';
const TTL = `${STATE}ttl.TtlStateFactory$TtlSerializerSnapshot`;
const TTL_V2 = `${STATE}v2.ttl.TtlStateFactory$TtlSerializerSnapshot`;
const TTL_AWARE = `${STATE}ttl.TtlAwareSerializerSnapshot`;
const LONG = SIMPLE_CLASSES.get('long')!;

/** The snapshot of a `TtlSerializer` around another: a time and the value. State API v2 has a class of its own. */
export function ttlOf(inner: SerializerSnapshot, stateV2: boolean): SerializerSnapshot {
  const { span } = inner;
  const nested = [{ ...simpleSnapshot(LONG), span }, inner];
  return { ...compositeSnapshot(stateV2 ? TTL_V2 : TTL, 2, undefined, nested), span } as SerializerSnapshot;
}

/** The user's serializer in a `TtlSerializer`; undefined for any other. */
export function insideTtl(snapshot: SerializerSnapshot, stateV2: boolean): SerializerSnapshot | undefined {
  const isTtl = snapshot.className === (stateV2 ? TTL_V2 : TTL) && !('unreadable' in snapshot);
  return isTtl && snapshot.nested[0]?.className === LONG ? snapshot.nested[1] : undefined;
}

function ttlForm(keyword: string, className: string): TypeForm {
  return {
    keyword,
    classNames: [className],
    parse: (parser) => ttlOf(parser.types(keyword, 1)[0]!, className === TTL_V2),
    print(snapshot, printer) {
      const inner = insideTtl(snapshot, className === TTL_V2);
      return inner === undefined ? undefined : [keyword, angles([printer.type(inner)])];
    },
  };
}

type TtlAware = SerializerSnapshot & { readonly isTtlEnabled: boolean };

/** `ttl-aware<type>`: Flink 2.x wraps serializers of keyed state so; whether TTL is on is told by the type inside. */
const TTL_AWARE_FORM: TypeForm = {
  keyword: 'ttl-aware',
  classNames: [TTL_AWARE],
  parse(parser) {
    const nested = parser.types('ttl-aware', 1);
    const isTtlEnabled = hasTtl(nested[0]!);
    return parser.placed<TtlAware>({ className: TTL_AWARE, version: 1, nested, isTtlEnabled });
  },
  print(snapshot, printer) {
    const [inner] = snapshot.nested;
    if (inner === undefined || (snapshot as TtlAware).isTtlEnabled !== hasTtl(inner)) return undefined;
    return ['ttl-aware', angles([printer.type(inner)])];
  },
};

/** A list's element or a map's value carries the TTL, else the serializer itself. */
function hasTtl(snapshot: SerializerSnapshot): boolean {
  const carriers = [snapshot, ...snapshot.nested.slice(-1)];
  return carriers.some((one) => one.className === TTL || one.className === TTL_V2);
}

/** Wrappers of state with TTL. */
export const TTL_FORMS: readonly TypeForm[] = [
  ttlForm('ttl', TTL),
  ttlForm('ttl-v2', TTL_V2),
  TTL_AWARE_FORM,
];
