import type { OptionalEntry, PojoFieldKey, PojoSnapshot, SerializerSnapshot } from '@statewright/serializers';
import { whyUnreadable } from '../reading.js';
import type { World } from '../world.js';

type FieldEntry = OptionalEntry<PojoFieldKey, SerializerSnapshot>;
type NewFields = ReadonlyMap<string, { readonly declaringClass: string; readonly value: SerializerSnapshot }>;

/** Where a field of the old POJO is in the new job. */
export type FieldFate =
  | { readonly kind: 'present'; readonly old: SerializerSnapshot; readonly now: SerializerSnapshot }
  /** The class has no such field any more. */
  | { readonly kind: 'removed' }
  /** A field of that name is declared by a class below the recorded one, or the recorded one is gone. */
  | { readonly kind: 'moved'; readonly from: string; readonly to: string }
  /** Its serializer snapshot is missing or cannot be read: Flink swallows that. */
  | { readonly kind: 'unreadable'; readonly reason: string }
  /** Which of two classes extends the other no snapshot tells. */
  | { readonly kind: 'undetermined'; readonly from: string; readonly to: string };

/** The new POJO's fields by name, those that the job really has. */
export function fieldsOf(pojo: PojoSnapshot): NewFields {
  const fields = new Map<string, { declaringClass: string; value: SerializerSnapshot }>();
  for (const { key, value } of pojo.fields) {
    if (key !== undefined && value !== undefined) {
      fields.set(key.fieldName, { declaringClass: key.declaringClass, value });
    }
  }
  return fields;
}

/**
 * What Flink finds for a field of the old snapshot: it looks for its name in the recorded class and then upward. Follows
 * `PojoFieldUtils#getField` and `PojoSerializerSnapshotData#readSnapshotData`, Flink 1.20 and 2.3.
 */
export function fateOf(entry: FieldEntry, now: PojoSnapshot, fields: NewFields, world: World): FieldFate {
  const { key, value } = entry;
  if (value === undefined) return { kind: 'unreadable', reason: 'the snapshot does not hold its serializer' };
  const failure = whyUnreadable(value, world);
  if (failure !== undefined) return { kind: 'unreadable', reason: failure.reason };
  const field = key === undefined ? undefined : fields.get(key.fieldName);
  if (key === undefined || field === undefined) return { kind: 'removed' };
  const [from, to] = [key.declaringClass, field.declaringClass];
  if (from === to || from === now.pojoClass) return { kind: 'present', old: value, now: field.value };
  if (to === now.pojoClass) return { kind: 'moved', from, to };
  const isNamed = [...fields.values()].some(({ declaringClass }) => declaringClass === from);
  return { kind: isNamed ? 'undetermined' : 'moved', from, to };
}
