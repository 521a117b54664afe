import { CHECK, type KnownMessage, type Reading, SCHEMA, serializerName } from '../known-message.js';

/*
 * StateMigrationException where a state is registered: HeapKeyedStateBackend, RocksDBKeyedStateBackend,
 * DefaultOperatorStateBackend, HeapPriorityQueuesManager and InternalTimerServiceImpl of 1.8 to 2.3. The names of the two
 * serializers are missing in old releases.
 */

const OLD_AND_NEW = String.raw`(?: \((?<now>.*?)\))?`;

/** Why two serializers of a state do not fit, as far as their classes tell. */
function stateReading(now: string | undefined, old: string | undefined): Reading {
  const clues = { place: 'value', serializer: old === undefined ? undefined : serializerName(old) } as const;
  const reading = { next: [CHECK, SCHEMA], clues: { ...clues, all: old === undefined } };
  if (now === undefined || old === undefined) {
    return { ...reading, cause: `${REFUSED}. This release does not print which serializers they are` };
  }
  const [a, b] = [serializerName(old), serializerName(now)];
  return { ...reading, cause: a === b ? sameClass(a) : otherClass(a, b), rules: rulesFor(a, b) };
}

const REFUSED = 'the type of the state changed in a way that Flink cannot migrate';

function otherClass(old: string, now: string): string {
  if (old === 'TtlSerializer') {
    return `TTL was on when the state was written and is off now: Flink 1.x cannot take it off; 2.x migrates it with rocksdb, and from 2.2 on with hashmap (${old} became ${now})`;
  }
  if (now === 'TtlSerializer') {
    return `TTL was off when the state was written and is on now: Flink 1.x cannot add it; 2.x migrates it with rocksdb, and from 2.2 on with hashmap (${old} became ${now})`;
  }
  if (old === 'KryoSerializer' && now === 'PojoSerializer') {
    return 'the class was no POJO when the state was written, so its values are Kryo; it is one now, and Flink reads no Kryo value as a POJO';
  }
  if (old === 'PojoSerializer' && now === 'KryoSerializer') {
    return 'the class was a POJO when the state was written and is none any more: a public default constructor, a getter or a setter is missing';
  }
  if (now === 'KryoSerializer' || old === 'KryoSerializer') {
    return `the type became another: its values were written by ${old} and would be read by ${now}, and Kryo values have a form of their own`;
  }
  return `the type became another: its values were written by ${old} and would be read by ${now}`;
}

function sameClass(name: string): string {
  const inside = INSIDE.get(name);
  return inside === undefined
    ? `both serializers are ${name}, so what changed is inside: a nested type, the class itself, or TTL`
    : `both serializers are ${name}, so what changed is inside: ${inside}`;
}

/** The rules that find it before, by the old and the new serializer. */
function rulesFor(old: string, now: string): readonly string[] | undefined {
  if (old !== now) {
    if (old === 'TtlSerializer' || now === 'TtlSerializer') return ['ttl-flipped'];
    return old === 'KryoSerializer' || now === 'KryoSerializer'
      ? ['serializer-changed', 'kryo-fallback']
      : undefined;
  }
  return SAME_CLASS_RULES.get(old);
}

const SAME_CLASS_RULES: ReadonlyMap<string, readonly string[]> = new Map([
  ['MapSerializer', ['serializer-changed', 'ttl-flipped']],
  ['ListSerializer', ['serializer-changed', 'ttl-flipped']],
  ['PojoSerializer', ['pojo-field-type-changed', 'pojo-class-changed']],
  ['KryoSerializer', ['kryo-type-changed', 'kryo-registrations-changed']],
  ['AvroSerializer', ['avro-incompatible']],
  ['RowDataSerializer', ['row-type-changed']],
  ['RowSerializer', ['arity-changed', 'serializer-changed']],
  ['TupleSerializer', ['arity-changed', 'serializer-changed']],
  ['EnumSerializer', ['enum-class-changed']],
]);

/** What can differ between two serializers of one class. */
const INSIDE: ReadonlyMap<string, string> = new Map([
  [
    'MapSerializer',
    "the type of the map's keys or values, or TTL was turned on or off (a map keeps it around its values)",
  ],
  [
    'ListSerializer',
    "the type of the list's elements, or TTL was turned on or off (a list keeps it around its elements)",
  ],
  [
    'PojoSerializer',
    'a field has another type (int became long, a class became generic), a registered subclass is incompatible, or the class is another one',
  ],
  [
    'KryoSerializer',
    'the class behind Kryo is another one, or a class that was registered with Kryo is gone',
  ],
  [
    'AvroSerializer',
    'the new Avro schema does not read the old one: a field without a default was added, a type or a name changed',
  ],
  [
    'RowDataSerializer',
    'a column of the SQL query was added, removed, or has another type, precision or nullability',
  ],
  ['RowSerializer', 'a field of the Row was added or removed, or has another type'],
  ['TupleSerializer', 'a field of the Tuple was added or removed, or has another type'],
  ['EnumSerializer', 'the enum class is another one'],
  ['TtlSerializer', 'the type of the value that the TTL wraps'],
]);

const stateSerializer: KnownMessage = {
  id: 'state-serializer-incompatible',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['new state serializer'],
  pattern: new RegExp(
    String.raw`new state serializer${OLD_AND_NEW} (?:must not|cannot) be incompatible(?: with the old state serializer \((?<old>.*)\))?`,
  ),
  rules: ['serializer-changed'],
  read: ({ groups }) => stateReading(groups?.now, groups?.old),
};

const keySerializer: KnownMessage = {
  id: 'key-serializer-incompatible',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['new key serializer'],
  pattern: new RegExp(
    String.raw`new key serializer${OLD_AND_NEW} must be compatible(?: with the previous key serializer \((?<old>.*)\))?`,
  ),
  rules: ['key-serializer-changed', 'key-not-evolvable'],
  read: ({ groups }) => {
    const [now, old] = [groups?.now, groups?.old].map((text) =>
      text === undefined ? undefined : serializerName(text),
    );
    const types =
      old === undefined || now === undefined
        ? ''
        : old === now
          ? ` inside of ${old}`
          : ` from ${old} to ${now}`;
    return {
      cause: `the type of the key that the stream is keyed by changed${types}. Flink never migrates keys: even what it would migrate in a value is refused here`,
      next: [
        CHECK,
        'key by the old type again, or read the state with the State Processor API and write it under the new key',
      ],
      clues: { place: 'key', serializer: old, all: old === undefined },
    };
  },
};

const namespaceSerializer: KnownMessage = {
  id: 'namespace-serializer-incompatible',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['new namespace serializer'],
  pattern: new RegExp(
    String.raw`new namespace serializer${OLD_AND_NEW} must be compatible(?: with the old namespace serializer \((?<old>.*)\))?`,
  ),
  rules: ['namespace-serializer-changed'],
  read: ({ groups }) => ({
    cause: `the namespace of the state changed, that is the kind of window it belongs to${groups?.old === undefined ? '' : ` (it was ${serializerName(groups.old)})`}. Flink never migrates namespaces`,
    next: [
      CHECK,
      'use the same kind of window under the same name, or give the new one another state name or uid',
    ],
    clues: {
      place: 'namespace',
      serializer: groups?.old === undefined ? undefined : serializerName(groups.old),
      all: groups?.old === undefined,
    },
  }),
};

const mapKeySchema: KnownMessage = {
  id: 'map-key-needs-migration',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['new serializer for a MapState'],
  pattern: /new serializer for a MapState requires state migration/,
  rules: ['serializer-changed'],
  read: () => ({
    cause:
      'the type of the keys inside a MapState changed, and the rocksdb backend migrates only the values of a MapState. Flink 1.8 migrates none of it',
    next: [CHECK, 'put the old key type back; the hashmap backend accepts what it can migrate'],
    clues: { place: 'value', kinds: ['map'], all: true },
  }),
};

const operatorState: KnownMessage = {
  id: 'operator-state-serializer-incompatible',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['erializer for operator state', 'erializer for broadcast state'],
  pattern:
    /new (?<part>state|key|value) (?:type)?[sS]erializer for (?<kind>operator|broadcast) state must not be incompatible/,
  rules: ['serializer-changed'],
  read: ({ groups }) => {
    const broadcast = groups?.kind === 'broadcast';
    const what = broadcast ? `${groups?.part}s of a broadcast state` : 'elements of an operator list state';
    return {
      cause: `the type of the ${what} changed in a way that Flink cannot migrate`,
      next: [CHECK, SCHEMA],
      clues: {
        place: groups?.part === 'key' ? 'key' : 'value',
        kinds: broadcast ? ['broadcast'] : ['operator-list', 'union-list'],
        all: true,
      },
    };
  },
};

const timers: KnownMessage = {
  id: 'timer-serializer-incompatible',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['new priority queue serializer', 'restored TimerService with new'],
  pattern:
    /new priority queue serializer must not be incompatible|restored TimerService with new (?:key|namespace) serializer that requires migration/,
  rules: ['key-serializer-changed', 'namespace-serializer-changed'],
  read: () => ({
    cause:
      'timers hold the key and the namespace, and one of the two has another type now. Flink never migrates either',
    next: [CHECK, 'key by the old type again'],
    clues: { kinds: ['timer'], all: true },
  }),
};

const usedAfterRefusal: KnownMessage = {
  id: 'state-used-after-refusal',
  flink: '1.8 to 2.3',
  weight: 'symptom',
  needles: ['registered with a new serializer that has incompatible schema'],
  pattern: /registered with a new serializer that has incompatible schema/,
  rules: [],
  read: () => ({
    cause:
      'a state was refused before, and is used all the same: the exception that tells why stands further up in the log',
    next: [CHECK],
  }),
};

/** Serializers that Flink compares and refuses. */
export const SERIALIZER_REFUSED: readonly KnownMessage[] = [
  stateSerializer,
  keySerializer,
  namespaceSerializer,
  mapKeySchema,
  operatorState,
  timers,
  usedAfterRefusal,
];
