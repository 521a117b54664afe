import { closest } from '@statewright/inspect';
import {
  type AvroSnapshot,
  type AvroType,
  describeSerializer,
  type PojoSnapshot,
  RecordValue,
  RowValue,
  type SerializerSnapshot,
} from '@statewright/serializers';
import type { PlanStep } from '../plan/plan.js';
import { wrapType } from './wrap-type.js';

/** A field of values, however deep. */
export interface FieldPath {
  /** The serializer that a state of such values has. */
  readonly type: SerializerSnapshot;
  /** Its value; null where a record on the way is null; undefined where a value on the way cannot be read. */
  get(value: unknown): unknown;
  /** The value with another in the field's place; undefined where there is no such place. */
  replace(value: unknown, now: unknown): unknown;
}

interface Child {
  readonly name: string;
  readonly type: SerializerSnapshot | AvroType | undefined;
}

type Path = readonly (string | number)[];

/** Finds the field that an option names as `a.b.c`. BAD_DOCUMENT at the option with the names that there are. */
export function fieldPath(step: PlanStep, option: string, root: SerializerSnapshot): FieldPath {
  return fieldAt(step, [option], String(step.options[option]), root);
}

/** Finds the field that a text at some place of a step names in values of a type. */
export function fieldAt(step: PlanStep, path: Path, text: string, root: SerializerSnapshot): FieldPath {
  let type = withoutNull(root);
  const positions: number[] = [];
  for (const name of text.split('.')) {
    const children = childrenOf(type);
    const position = children.findIndex((child) => child.name === name);
    const found = children[position]?.type;
    if (found === undefined) throw noField(step, path, name, type, children);
    positions.push(position);
    type = withoutNull(found);
  }
  const serializer = 'className' in type ? type : ofAvro(type);
  if (serializer === undefined) {
    const reason = `a state of the Avro type of ${JSON.stringify(text)} has no serializer of its own`;
    throw step.error(path, reason);
  }
  return {
    type: serializer,
    get: (value) => at(value, positions),
    replace: (value, now) => put(value, positions, now),
  };
}

function at(value: unknown, positions: readonly number[]): unknown {
  let found = value;
  for (const position of positions) {
    if (found === null) return null;
    found = fieldsOf(found)?.[position];
  }
  return found;
}

function fieldsOf(value: unknown): readonly unknown[] | undefined {
  if (value instanceof RecordValue || value instanceof RowValue) return value.fields;
  return Array.isArray(value) ? value : undefined;
}

function put(value: unknown, [position, ...rest]: readonly number[], now: unknown): unknown {
  if (position === undefined) return now;
  const inner = put(fieldsOf(value)?.[position], rest, now);
  const fields = fieldsOf(value)?.map((field, i) => (i === position ? inner : field));
  if (fields === undefined || inner === undefined) return undefined;
  if (value instanceof RecordValue) return new RecordValue(value.shape, fields, value.subclass);
  return value instanceof RowValue ? new RowValue(value.kind, fields, value.names) : fields;
}

function noField(
  step: PlanStep,
  path: Path,
  name: string,
  type: SerializerSnapshot | AvroType,
  children: readonly Child[],
): Error {
  const what = 'className' in type ? describeSerializer(type).type : type.kind;
  if (children.length === 0) {
    const reason = `a value of type ${what} has no fields, so there is no ${JSON.stringify(name)}`;
    return step.error(path, reason);
  }
  const names = children.map((child) => child.name);
  const near = closest(name, names, 1);
  const next = near.length > 0 ? `did you mean "${near[0]}"` : `its fields are ${names.join(', ')}`;
  return step.error(path, `the ${what} has no field ${JSON.stringify(name)}`, next);
}

const RUNTIME = 'org.apache.flink.api.java.typeutils.runtime.';
const POJO = `${RUNTIME}PojoSerializerSnapshot`;
const AVRO = 'org.apache.flink.formats.avro.typeutils.AvroSerializerSnapshot';

/** Composites whose nested serializers are those of their fields, in order. */
const BY_POSITION: ReadonlySet<string> = new Set([
  `${RUNTIME}TupleSerializerSnapshot`,
  `${RUNTIME}RowSerializer$RowSerializerSnapshot`,
  'org.apache.flink.api.scala.typeutils.ScalaCaseClassSerializerSnapshot',
  'org.apache.flink.api.scala.typeutils.Tuple2CaseClassSerializerSnapshot',
  'org.apache.flink.table.runtime.typeutils.RowDataSerializer$RowDataSerializerSnapshot',
]);

const NULLABLE = `${RUNTIME}NullableSerializer$NullableSerializerSnapshot`;

/** What a null flag stands before: nulls are the maps' and lists' own affair. */
function withoutNull(type: SerializerSnapshot | AvroType): SerializerSnapshot | AvroType {
  if (!('className' in type) || type.className !== NULLABLE || 'unreadable' in type) return type;
  return type.nested[0] ?? type;
}

function childrenOf(type: SerializerSnapshot | AvroType): readonly Child[] {
  if (!('className' in type)) return type.kind === 'record' ? type.fields : [];
  if ('unreadable' in type) return [];
  if (type.className === POJO) {
    return (type as PojoSnapshot).fields.map(({ name, value }) => ({ name, type: value }));
  }
  if (type.className === AVRO) return childrenOf((type as AvroSnapshot).schema);
  if (!BY_POSITION.has(type.className)) return [];
  const names = describeSerializer(type).fields ?? [];
  return type.nested.map((child, i) => ({ name: names[i]?.name ?? `f${i}`, type: child }));
}

const AVRO_WORDS: ReadonlySet<string> = new Set(['boolean', 'int', 'long', 'float', 'double', 'string']);

/** What a job keeps a value of a plain Avro type with. */
function ofAvro(type: AvroType): SerializerSnapshot | undefined {
  if (type.kind === 'primitive') return AVRO_WORDS.has(type.type) ? wrapType(type.type) : undefined;
  if (type.kind !== 'union') return undefined;
  const others = type.branches.filter((branch) => branch.kind !== 'primitive' || branch.type !== 'null');
  return others.length === 1 ? ofAvro(others[0]!) : undefined;
}
