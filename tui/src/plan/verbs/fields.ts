import { typeText } from '@statewright/inspect';
import type { PlanPlace } from '../place.js';
import { ask, type PlanVerb, type StepOptions } from '../verb.js';

/** `keys: true` where the class stands in a key or namespace. */
function inKeys({ part }: PlanPlace): StepOptions {
  return part === 'key' || part === 'namespace' ? { keys: true } : {};
}

function fieldOf({ field }: PlanPlace): StepOptions {
  return { class: field!.className, field: field!.name };
}

/** A field whose values may be left out or changed; of a key they are what finds it. */
function inValues(place: PlanPlace): boolean {
  return place.field !== undefined && place.part === 'value';
}

/** Types whose Java class has a name of its own. */
const NAMED: ReadonlySet<string> = new Set([
  'pojo',
  'avro',
  'enum',
  'scala-enum',
  'case-class',
  'kryo',
  'value',
]);

/** Steps on fields and classes: they change them wherever the class occurs. */
export const FIELD_VERBS: readonly PlanVerb[] = [
  {
    verb: 'rename-field',
    key: 'r',
    does: 'rename the field',
    fits: ({ field }) => field !== undefined,
    given: (place) => ({ ...fieldOf(place), ...inKeys(place) }),
    asks: [ask('to', 'new name of the field:', ({ field }) => field!.name)],
  },
  {
    verb: 'drop-field',
    key: 'D',
    does: 'leave the field out',
    fits: inValues,
    given: fieldOf,
    asks: [],
  },
  {
    verb: 'retype-field',
    key: 't',
    does: 'give the field another type',
    fits: inValues,
    given: fieldOf,
    asks: [
      ask('to', 'new type:', ({ type }) => (type === undefined ? '' : typeText(type))),
      ask('policy', 'values that do not fit (fail, skip, default, clamp):', 'fail', { usual: 'fail' }),
      ask('default', 'value in their place:', '', { when: ({ policy }) => policy === 'default' }),
    ],
  },
  {
    verb: 'add-field',
    key: 'A',
    does: 'add a field',
    fits: ({ pojo, part }) => pojo !== undefined && part === 'value',
    given: ({ pojo }) => ({ class: pojo }),
    asks: [
      ask('field', 'name of the new field:'),
      ask('type', 'its type:', 'string'),
      ask('default', 'its value, as JSON (empty: null):'),
    ],
  },
  {
    verb: 'rename-class',
    key: 'R',
    does: 'rename the class',
    fits: ({ type }) => type?.class !== undefined && NAMED.has(type.type),
    given: (place) => ({ class: place.type!.class, ...inKeys(place) }),
    asks: [ask('to', 'new name of the class:', ({ type }) => type?.class ?? '')],
  },
  {
    verb: 'declare-subclass',
    does: 'describe a subclass that the snapshot does not know',
    fits: ({ type, part }) => type?.type === 'pojo' && part === 'value',
    given: ({ type }) => ({ class: type!.class }),
    asks: [ask('subclass', 'the subclass:', 'pojo ')],
  },
];
