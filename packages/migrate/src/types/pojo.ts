import { StatewrightError } from '@statewright/bytes';
import {
  type Codec,
  compileCodec,
  type OptionalEntry,
  type PojoFieldKey,
  type PojoSnapshot,
  RecordValue,
  type SerializerSnapshot,
} from '@statewright/serializers';
import type { ChangeReport, Convert } from '../job/entry-change.js';
import { findOpaque } from './open-ends.js';
import { cannotConvert, renamed, rewritten, type TypeChange } from './type-change.js';

const CLASS = 'org.apache.flink.api.java.typeutils.runtime.PojoSerializerSnapshot';

/** A field of a POJO as its snapshot has it. */
export type PojoField = OptionalEntry<PojoFieldKey, SerializerSnapshot>;

/** Whether a snapshot is that of a POJO that could be read. */
export function isPojo(snapshot: SerializerSnapshot): snapshot is PojoSnapshot {
  return snapshot.className === CLASS && !('unreadable' in snapshot);
}

/** The snapshot with other fields or subclasses; `nested` follows from them. */
export function pojoWith(
  snapshot: PojoSnapshot,
  parts: Partial<Pick<PojoSnapshot, 'pojoClass' | 'fields' | 'registeredSubclasses' | 'otherSubclasses'>>,
): PojoSnapshot {
  const whole = { ...snapshot, ...parts };
  const { fields, registeredSubclasses, otherSubclasses } = whole;
  const nested = [...fields, ...registeredSubclasses, ...otherSubclasses].flatMap(({ value }) => value ?? []);
  return { ...whole, nested };
}

/** The snapshot around other types of fields and subclasses, in the order of `nested`. */
export function rebuildPojo(snapshot: PojoSnapshot, nested: readonly SerializerSnapshot[]): PojoSnapshot {
  let next = 0;
  const fill = <K>(entry: OptionalEntry<K, SerializerSnapshot>): OptionalEntry<K, SerializerSnapshot> =>
    entry.value === undefined ? entry : { ...entry, value: nested[next++]! };
  return pojoWith(snapshot, {
    fields: snapshot.fields.map(fill),
    registeredSubclasses: snapshot.registeredSubclasses.map(fill),
    otherSubclasses: snapshot.otherSubclasses.map(fill),
  });
}

/** Converts a POJO whose fields' and subclasses' types have changed; `children` in the order of `nested`. */
export function pojoConverter(snapshot: PojoSnapshot, children: readonly (Convert | undefined)[]): Convert {
  let next = 0;
  const fields = snapshot.fields.map(({ value }) => (value === undefined ? undefined : children[next++]));
  const subclasses = new Map(
    [...snapshot.registeredSubclasses, ...snapshot.otherSubclasses].map(
      ({ name, value }) => [name, value === undefined ? undefined : children[next++]] as const,
    ),
  );
  return (value) => {
    const record = expectRecord(value, snapshot.pojoClass);
    const { subclass } = record;
    if (subclass === undefined) return new RecordValue(record.shape, convertFields(record.fields, fields));
    const convert = subclasses.get(subclass);
    if (convert === undefined) return record;
    const inner = expectRecord(convert(new RecordValue(record.shape, record.fields)), subclass);
    return new RecordValue(inner.shape, inner.fields, subclass);
  };
}

function convertFields(
  fields: readonly unknown[],
  converts: readonly (Convert | undefined)[],
): readonly unknown[] {
  return fields.map((field, i) => {
    const convert = converts[i];
    return convert === undefined ? field : convert(field);
  });
}

/** The record that a POJO's value must be; CANNOT_ENCODE when it could not be read. */
export function expectRecord(value: unknown, className: string): RecordValue {
  if (value instanceof RecordValue) return value;
  throw cannotConvert(`a value of ${className}`, value, 'which is no record');
}

/** A field of a POJO as it will be. */
export interface NewField {
  readonly field: PojoField;
  /** Position of the field that it was; undefined for a new one. */
  readonly from: number | undefined;
  /** Its value from the old one (null where it was null) and the whole record; absent: the old value. */
  readonly open?: (report: ChangeReport) => (old: unknown, record: RecordValue) => unknown;
}

/**
 * A POJO with other fields, in the order of their names: `PojoTypeInfo`, Flink 1.20 and 2.3, sorts them so. Values of
 * subclasses are left to the types of those.
 */
export function withFields(snapshot: PojoSnapshot, wanted: readonly NewField[]): TypeChange {
  const fields = [...wanted].sort((a, b) => (a.field.name < b.field.name ? -1 : 1));
  const now = pojoWith(snapshot, { fields: fields.map(({ field }) => field) });
  const shape = { className: now.pojoClass, names: now.fields.map(({ name }) => name) };
  const sameBytes =
    fields.length === snapshot.fields.length &&
    fields.every(({ from, open }, i) => from === i && open === undefined);
  if (sameBytes) return renamed(now);
  return rewritten(now, (report) => {
    const makes = fields.map(({ open }) => open?.(report));
    const expectClosed = openEndGuard(snapshot, fields);
    return (value) => {
      const record = expectRecord(value, snapshot.pojoClass);
      if (record.subclass !== undefined) return record;
      expectClosed(record);
      return new RecordValue(
        shape,
        fields.map(({ from }, i) => {
          const old = from === undefined ? null : record.fields[from];
          const make = makes[i];
          return make === undefined ? old : make(old, record);
        }),
      );
    };
  });
}

/**
 * Where a field has no end of its own (Kryo), it holds what follows it, too: then nothing that stood behind it may move.
 */
function openEndGuard(snapshot: PojoSnapshot, fields: readonly NewField[]): (record: RecordValue) => void {
  const risky = snapshot.fields.flatMap(({ name, value }, i) =>
    value !== undefined && mayRun(value) && !staysLast(i, snapshot.fields.length, fields)
      ? [{ name, i }]
      : [],
  );
  return (record) => {
    for (const { name, i } of risky) {
      const inside = findOpaque(record.fields[i]);
      if (inside === undefined) continue;
      throw cannotConvert(`field ${name} of ${snapshot.pojoClass}`, inside, 'which has no end of its own');
    }
  };
}

/** Whether the field is kept and just the same fields follow it as before, unchanged. */
function staysLast(position: number, count: number, fields: readonly NewField[]): boolean {
  const now = fields.findIndex(({ from }) => from === position);
  if (now < 0 || fields.length - now !== count - position) return false;
  return fields.slice(now).every(({ from, open }, i) => from === position + i && open === undefined);
}

function mayRun(snapshot: SerializerSnapshot): boolean {
  try {
    const codec: Codec = compileCodec(snapshot);
    return codec.mayRunToLimit ?? !codec.delimited;
  } catch (error) {
    // A serializer of the user's own may do anything.
    if (error instanceof StatewrightError) return true;
    throw error;
  }
}
