import { elementType, type PlanPlace, withoutTtl } from '../place.js';
import { type Ask, ask, type PlanVerb, type StepOptions } from '../verb.js';

/** Classes that many fields have with different contents: a step on one names its field. */
const SHARED = /^(?:java|scala|kotlin)\./;

function kryoPlace({ field, type }: PlanPlace): StepOptions {
  const own = type!.class ?? '';
  return field !== undefined && SHARED.test(own)
    ? { class: field.className, field: field.name }
    : { class: own };
}

/** A type with the braces that its fields go between, or where it needs none. */
function layoutText({ type }: PlanPlace): string {
  const own = type?.class ?? '';
  return SHARED.test(own) ? own : `${own} { `;
}

/** The Java type by its layout as the POJO that has the same fields. */
function pojoText({ layout }: StepOptions): string {
  return typeof layout === 'string' && layout.includes('{') ? `pojo ${layout}` : '';
}

/** Name of an Avro record: what is told of a generic one is a class that all of them have. */
function recordName({ type }: PlanPlace): string {
  try {
    const { name, namespace } = JSON.parse(String(type?.details?.schema)) as {
      readonly name?: string;
      readonly namespace?: string;
    };
    if (name === undefined) return type?.class ?? '';
    return namespace === undefined || name.includes('.') ? name : `${namespace}.${name}`;
  } catch {
    return type?.class ?? '';
  }
}

const COLLECTIONS: ReadonlySet<string> = new Set(['list', 'set', 'array']);

function isCollection(type: string): boolean {
  return COLLECTIONS.has(type) || (type.endsWith('[]') && type !== 'byte[]');
}

/** The value, or list element, of a state's own: at the state, and at the root of its value. */
function ownValue({ level, state }: PlanPlace, ...kinds: readonly string[]) {
  if ((level !== 'state' && level !== 'value') || state === undefined) return undefined;
  return kinds.includes(state.kind) ? withoutTtl(state.value) : undefined;
}

/** Whether the elements of a state become the entries of a map, for which a key is needed. */
const byKey: NonNullable<Ask['when']> = (_, { state }) => withoutTtl(state!.value).type !== 'map';

const KEY_ASKS: readonly Ask[] = [
  ask('key', 'field of the elements that becomes the key:', '', { when: byKey }),
  ask('duplicates', 'of several with the same key (fail, first, last):', 'fail', {
    when: byKey,
    usual: 'fail',
  }),
];

/** Names of the fields, to be put into another order. */
function orderText({ state }: PlanPlace): string {
  const fields = state === undefined ? [] : (elementType(state).fields ?? []);
  return fields.map(({ name }) => name).join(', ');
}

const ROWS: ReadonlySet<string> = new Set(['tuple', 'row']);

/** Steps that give values another serializer, and states another kind. */
export const CONVERT_VERBS: readonly PlanVerb[] = [
  {
    verb: 'kryo-to',
    key: 'C',
    does: 'turn what Kryo wrote into a POJO, a list or another type',
    fits: ({ type, part }) => type?.type === 'kryo' && part === 'value',
    given: kryoPlace,
    asks: [
      ask('layoutFrom', '.class or .jar file with the class (empty: say its fields):'),
      ask('layout', 'Java type with its fields:', layoutText, {
        when: ({ layoutFrom }) => layoutFrom === undefined,
      }),
      ask('to', 'becomes:', (_, options) => pojoText(options)),
    ],
  },
  {
    verb: 'pojo-to-avro',
    key: 'C',
    does: 'turn the POJO into an Avro record',
    fits: ({ type, part }) => type?.type === 'pojo' && part === 'value',
    given: ({ type }) => ({ class: type!.class }),
    asks: [ask('schema', 'Avro schema, or its file:', './schema.avsc')],
  },
  {
    verb: 'avro-evolve',
    key: 'C',
    does: 'give the Avro type another schema',
    fits: ({ type, part }) => type?.type === 'avro' && part === 'value',
    given: (place) => ({ class: recordName(place) }),
    asks: [ask('schema', 'new Avro schema, or its file:', './schema.avsc')],
  },
  {
    verb: 'value-to-list',
    key: 'C',
    does: 'make a ListState of the ValueState',
    fits: (place) => ownValue(place, 'value') !== undefined,
    given: ({ state }) => ({ state: state!.address }),
    asks: [],
  },
  {
    verb: 'value-to-map',
    key: 'C',
    does: 'make a MapState of the ValueState',
    fits(place) {
      const type = ownValue(place, 'value')?.type;
      return type !== undefined && (type === 'map' || isCollection(type));
    },
    given: ({ state }) => ({ state: state!.address }),
    asks: KEY_ASKS,
  },
  {
    verb: 'list-to-map',
    key: 'C',
    does: 'make a MapState of the ListState',
    fits: (place) => ownValue(place, 'list') !== undefined,
    given: ({ state }) => ({ state: state!.address }),
    asks: KEY_ASKS,
  },
  {
    verb: 'reorder-fields',
    key: 'C',
    does: 'put the fields of the row or tuple into another order',
    fits: ({ level, state }) =>
      (level === 'state' || level === 'value') && state !== undefined && ROWS.has(elementType(state).type),
    given: ({ state }) => ({ state: state!.address }),
    asks: [ask('order', 'fields in their new order:', orderText)],
  },
];
