import {
  describeSerializer,
  EitherValue,
  MapValue,
  RecordValue,
  RowValue,
  type SerializerSnapshot,
  SetValue,
  type SnapshotFormat,
  type TypeDescription,
} from '@statewright/serializers';
import type { PlannedState } from '../job/planned-job.js';
import { elementOf, userKeyOf } from '../types/change-state.js';

/*
 * CEL has one type for whole numbers and one for others, and divides them differently. Decoded values of int, short and byte are
 * numbers as doubles are, so that the type must say which they are.
 */

/** A decoded value with bigints in the place of all its whole numbers; undefined where a type has none but longs. */
export type Longs = ((value: unknown) => unknown) | undefined;

/** For the parts of an entry that expressions are about. */
export interface EntryLongs {
  readonly key: Longs;
  readonly ns: Longs;
  readonly value: Longs;
  readonly userKey: Longs;
}

/** The conversions for the entries of a state. */
export function longsOfState(state: PlannedState, formats: readonly SnapshotFormat[]): EntryLongs {
  const of = (snapshot: SerializerSnapshot | undefined): Longs => snapshot && longsOf(snapshot, formats);
  const timer = state.kind === 'timer';
  const keyed = state.kind !== 'broadcast';
  const [timerKey, timerNamespace] = timer ? state.valueSerializer.nested : [];
  return {
    key: of(timer ? timerKey : keyed ? state.keySerializer : undefined),
    ns: of(timer ? timerNamespace : state.namespaceSerializer),
    value: timer ? undefined : of(elementOf(state)),
    userKey: of(userKeyOf(state)),
  };
}

/** The conversion for the values of a serializer. */
export function longsOf(snapshot: SerializerSnapshot, formats?: readonly SnapshotFormat[]): Longs {
  return longsIn(describeSerializer(snapshot, formats));
}

const WHOLE: ReadonlySet<string> = new Set(['byte', 'short', 'int']);

function whole(value: unknown): unknown {
  return typeof value === 'number' ? BigInt(value) : value;
}

/** Of unions a number alone does not say which of its types it is: it stays as it is. */
function longsIn(type: TypeDescription): Longs {
  if (WHOLE.has(type.type)) return whole;
  if (type.type === 'int[]' || type.type === 'short[]') return inList(whole);
  if (type.type === 'union' || type.opaque !== undefined) return undefined;
  const fields = type.fields?.map((field) => longsIn(field.type)) ?? [];
  const subclasses = new Map(type.subclasses?.map((one) => [one.name, longsIn(one.type)]) ?? []);
  const some = [...fields, ...subclasses.values()].some((one) => one !== undefined);
  return some ? inParts(type, fields, subclasses) : undefined;
}

type Parts = readonly Longs[];

function inParts(type: TypeDescription, fields: Parts, subclasses: ReadonlyMap<string, Longs>): Longs {
  const position = (name: string) => type.fields?.findIndex((field) => field.name === name) ?? -1;
  const [key, value] = [fields[position('key')], fields[position('value')]];
  const element = fields[position('element')];
  const records = new Set(['pojo', 'avro', 'record', 'case-class', 'row', 'tuple']);
  if (!records.has(type.type) && element !== undefined) return inList(element);
  if (type.type === 'nullable') return (one) => (one === null ? null : apply(fields[0], one));
  return (one) => {
    if (one instanceof RecordValue) return inRecord(one, fields, subclasses);
    if (one instanceof RowValue) return new RowValue(one.kind, each(one.fields, fields), one.names);
    if (one instanceof MapValue) {
      return new MapValue(one.entries.map(([k, v]) => [apply(key, k), apply(value, v)] as const));
    }
    if (one instanceof EitherValue) {
      return new EitherValue(one.side, apply(fields[one.side === 'left' ? 0 : 1], one.value));
    }
    return Array.isArray(one) ? each(one, fields) : one;
  };
}

function inRecord(value: RecordValue, fields: Parts, subclasses: ReadonlyMap<string, Longs>): unknown {
  const { shape, subclass } = value;
  if (subclass === undefined) return new RecordValue(shape, each(value.fields, fields));
  const own = subclasses.get(subclass)?.(new RecordValue(shape, value.fields));
  return own instanceof RecordValue ? new RecordValue(shape, own.fields, subclass) : value;
}

function inList(element: Longs): Longs {
  return (one) => {
    if (Array.isArray(one)) return one.map((item) => apply(element, item));
    return one instanceof SetValue ? new SetValue(one.elements.map((item) => apply(element, item))) : one;
  };
}

function each(values: readonly unknown[], parts: Parts): unknown[] {
  return values.map((value, i) => apply(parts[i], value));
}

function apply(part: Longs, value: unknown): unknown {
  return part === undefined ? value : part(value);
}
