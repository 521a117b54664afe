import { closest } from '@statewright/inspect';
import {
  EitherValue,
  GlobalWindowValue,
  RecordValue,
  type RowKind,
  RowValue,
  TimerValue,
  TimeWindowValue,
  TtlValue,
  type TypeDescription,
} from '@statewright/serializers';
import { childType } from './collections.js';
import {
  type At,
  type JsonReader,
  membersOf,
  misfit,
  misfitReason,
  type ReaderOf,
  readPart,
} from './reader.js';
import { millisOf } from './times.js';

type Members = ReadonlyMap<unknown, unknown>;

/** What stands beside the fields of a record or row. */
const CLASS = '@class';
const KIND = '@kind';

/** Reads the fields of an object by name: all of them must be there, and nothing else. */
function fieldsReader(type: TypeDescription, readerOf: ReaderOf): (members: Members, at: At) => unknown[] {
  const fields = (type.fields ?? []).map(({ name, type: own }) => ({ name, read: readerOf(own) }));
  const known = new Set(fields.map(({ name }) => name));
  return (members, at) => {
    for (const name of members.keys()) {
      if (known.has(String(name)) || name === CLASS || name === KIND) continue;
      throw misfitReason(at, `there is no field ${JSON.stringify(name)}`, near(String(name), known));
    }
    return fields.map(({ name, read }) => {
      if (members.has(name)) return readPart(read, members.get(name), name, at);
      throw misfitReason(at, `the field ${JSON.stringify(name)} is missing`, 'write all fields');
    });
  };
}

function near(name: string, known: ReadonlySet<string>): string {
  const [best] = closest(name, [...known], 1);
  return best === undefined ? `its fields are ${[...known].join(', ')}` : `did you mean "${best}"`;
}

/** A record with names: POJO, case class, Avro record. */
export function record(type: TypeDescription, readerOf: ReaderOf): JsonReader {
  const shape = { className: shapeClass(type), names: (type.fields ?? []).map(({ name }) => name) };
  const readFields = fieldsReader(type, readerOf);
  const subclasses = new Map((type.subclasses ?? []).map((one) => [one.name, readerOf(one.type)]));
  return (json, at) => {
    const members = membersOf(json);
    if (members === undefined) throw misfit(at, json, `an object of ${shape.className ?? 'fields'}`);
    const subclass = json instanceof RecordValue ? json.subclass : members.get(CLASS);
    if (subclass === undefined) return new RecordValue(shape, readFields(members, at));
    const read = subclasses.get(String(subclass));
    if (read === undefined) {
      const reason = `${JSON.stringify(subclass)} is no subclass that the serializer of ${shape.className} knows`;
      throw misfitReason(at, reason);
    }
    const own = new Map(members);
    own.delete(CLASS);
    const value = read(own, at);
    return value instanceof RecordValue
      ? new RecordValue(value.shape, value.fields, String(subclass))
      : value;
  };
}

/** The name that a record's values carry: of an Avro record the schema's, whatever Java class it has. */
export function shapeClass({ type, class: className, details }: TypeDescription): string | undefined {
  if (type !== 'avro' || typeof details?.schema !== 'string') return className;
  const { name, namespace } = JSON.parse(details.schema) as { name?: string; namespace?: string };
  if (name === undefined) return className;
  return name.includes('.') || !namespace ? name : `${namespace}.${name}`;
}

const ROW_KINDS = ['+I', '-U', '+U', '-D'];
const POSITIONS = /^f\d+$/;

/** A row: its fields by position, or by name where it has names; `@kind` when it is no INSERT. */
export function row(type: TypeDescription, readerOf: ReaderOf): JsonReader {
  const fields = type.fields ?? [];
  const byName = fields.some(({ name }) => !POSITIONS.test(name));
  const names = byName ? fields.map(({ name }) => name) : undefined;
  const readFields = fieldsReader(type, readerOf);
  const readTuple = tuple(type, readerOf);
  return (json, at) => {
    const members = json instanceof RowValue ? undefined : membersOf(json);
    const kind = json instanceof RowValue ? json.kind : kindOf(members?.get(KIND), at);
    const listed = json instanceof RowValue ? json.fields : (members?.get('fields') ?? json);
    if (members !== undefined && !(Array.isArray(listed) && !byName)) {
      return new RowValue(kind, readFields(members, at), names);
    }
    return new RowValue(kind, readTuple(listed, at) as unknown[], names);
  };
}

function kindOf(json: unknown, at: At): RowKind {
  if (json === undefined) return 0;
  const kind = ROW_KINDS.indexOf(String(json));
  if (kind < 0) throw misfit(at, json, `a row kind (${ROW_KINDS.join(', ')})`);
  return kind as RowKind;
}

/** Fields by position. */
export function tuple(type: TypeDescription, readerOf: ReaderOf): JsonReader {
  const reads = (type.fields ?? []).map((field) => readerOf(field.type));
  return (json, at) => {
    if (Array.isArray(json) && json.length === reads.length) {
      return reads.map((read, i) => readPart(read, json[i], i, at));
    }
    throw misfit(at, json, `a list of ${reads.length}`);
  };
}

/** `{"left": …}` or `{"right": …}`. */
export function either(type: TypeDescription, readerOf: ReaderOf): JsonReader {
  const [left, right] = (type.fields ?? []).map((field) => readerOf(field.type));
  return (json, at) => {
    const members = json instanceof EitherValue ? new Map([[json.side, json.value]]) : membersOf(json);
    if (members?.size === 1 && members.has('left') && left !== undefined) {
      return new EitherValue('left', readPart(left, members.get('left'), 'left', at));
    }
    if (members?.size === 1 && members.has('right') && right !== undefined) {
      return new EitherValue('right', readPart(right, members.get('right'), 'right', at));
    }
    throw misfit(at, json, '{"left": …} or {"right": …}');
  };
}

/** Scala's `Try`: `{"value": …}` or `{"exception": …}`. */
export function tryOf(type: TypeDescription, readerOf: ReaderOf): JsonReader {
  const value = readerOf(childType(type, 'value'));
  const exception = readerOf(childType(type, 'exception'));
  return (json, at) => {
    const members = membersOf(json);
    if (members?.size === 1 && members.has('value')) {
      const shape = { className: 'scala.util.Success', names: ['value'] };
      return new RecordValue(shape, [readPart(value, members.get('value'), 'value', at)]);
    }
    if (members?.size === 1 && members.has('exception')) {
      const shape = { className: 'scala.util.Failure', names: ['exception'] };
      return new RecordValue(shape, [readPart(exception, members.get('exception'), 'exception', at)]);
    }
    throw misfit(at, json, '{"value": …} or {"exception": …}');
  };
}

const RECORD_LIKE = new Set(['pojo', 'record', 'avro', 'case-class', 'nullable']);

/** The value or null; of a Scala Option also `{"value": null}`, which is Some(null). */
export function nullable(type: TypeDescription, readerOf: ReaderOf): JsonReader {
  const inner = type.fields?.[0]?.type ?? { type: 'unknown', serializer: '' };
  const read = readerOf(inner);
  const holdsNull = type.class === 'scala.Option' && !RECORD_LIKE.has(inner.type);
  return (json, at) => {
    if (json === null) return null;
    const members = holdsNull ? membersOf(json) : undefined;
    if (members?.size === 1 && members.get('value') === null) {
      return new RecordValue({ className: 'scala.Some', names: ['value'] }, [null]);
    }
    return read(json, at);
  };
}

/** A value and the time of its last access. */
export function ttl(type: TypeDescription, readerOf: ReaderOf): JsonReader {
  const read = readerOf(childType(type, 'value'));
  return (json, at) => {
    const members = membersOf(json);
    const millis = millisOf(members?.get('lastAccess'));
    if (members === undefined || millis === undefined) throw misfit(at, json, 'a value with its last access');
    return new TtlValue(millis, readPart(read, members.get('value'), 'value', at));
  };
}

/** `{"timestamp": …, "key": …, "namespace": …}` */
export function timer(type: TypeDescription, readerOf: ReaderOf): JsonReader {
  const key = readerOf(childType(type, 'key'));
  const namespace = readerOf(childType(type, 'namespace'));
  return (json, at) => {
    const members = membersOf(json);
    const millis = millisOf(members?.get('timestamp'));
    if (members === undefined || millis === undefined) throw misfit(at, json, 'a timer');
    const readKey = readPart(key, members.get('key'), 'key', at);
    return new TimerValue(millis, readKey, readPart(namespace, members.get('namespace'), 'namespace', at));
  };
}

/** `{"start": ms, "end": ms}` */
export function timeWindow(): JsonReader {
  return (json, at) => {
    if (json instanceof TimeWindowValue) return json;
    const members = membersOf(json);
    const [start, end] = [millisOf(members?.get('start')), millisOf(members?.get('end'))];
    if (members?.size === 2 && start !== undefined && end !== undefined)
      return new TimeWindowValue(start, end);
    throw misfit(at, json, '{"start": ms, "end": ms}');
  };
}

/** `{"window":"global"}` */
export function globalWindow(): JsonReader {
  return (json, at) => {
    if (membersOf(json)?.get('window') === 'global') return GlobalWindowValue.INSTANCE;
    throw misfit(at, json, '{"window":"global"}');
  };
}
