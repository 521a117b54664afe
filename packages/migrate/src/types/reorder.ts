import {
  RecordValue,
  type RowDataSnapshot,
  RowValue,
  type SerializerSnapshot,
} from '@statewright/serializers';
import type { PlanStep } from '../plan/plan.js';
import { findOpaque } from './open-ends.js';
import { cannotConvert, rewritten, type TypeChange } from './type-change.js';

const RUNTIME = 'org.apache.flink.api.java.typeutils.runtime.';
const ROW_DATA = 'org.apache.flink.table.runtime.typeutils.RowDataSerializer$RowDataSerializerSnapshot';

/** Serializers of values with fields by position. */
const BY_POSITION: ReadonlySet<string> = new Set([
  `${RUNTIME}TupleSerializerSnapshot`,
  `${RUNTIME}RowSerializer$RowSerializerSnapshot`,
  'org.apache.flink.api.scala.typeutils.ScalaCaseClassSerializerSnapshot',
  'org.apache.flink.api.scala.typeutils.Tuple2CaseClassSerializerSnapshot',
  ROW_DATA,
]);

/** The old positions in their new order, as the option `order` says it: by position, or `f0`, or Scala's `_1`. */
export function positionsOf(step: PlanStep, element: SerializerSnapshot): readonly number[] {
  const { className, nested } = element;
  if (!BY_POSITION.has(className) || 'unreadable' in element) {
    const next = 'it takes tuples, rows, case classes and SQL rows; Flink sorts the fields of a POJO by name';
    throw step.error(['state'], `${className} has no fields by position`, next);
  }
  const order = (step.options.order as readonly unknown[]).map(positionOf);
  const all = new Set(order);
  if (
    order.length === nested.length &&
    all.size === order.length &&
    order.every((at) => at >= 0 && at < nested.length)
  ) {
    return order;
  }
  throw step.error(['order'], `there are ${nested.length} fields, each of which is needed once`);
}

function positionOf(option: unknown): number {
  const [, first, scala] = /^f?(\d{1,4})$|^_(\d{1,4})$/.exec(String(option)) ?? [];
  if (scala !== undefined) return Number(scala) - 1;
  return first === undefined ? -1 : Number(first);
}

/** The type with its fields in another order; undefined when that is the one it has. */
export function reorderPositions(
  step: PlanStep,
  node: SerializerSnapshot,
  order: readonly number[],
): TypeChange | undefined {
  if (order.every((from, i) => from === i)) return undefined;
  const moved = <T>(parts: readonly T[]): T[] => order.map((from) => parts[from]!);
  const now = { ...node, nested: moved(node.nested) };
  if (node.className === ROW_DATA) {
    const { types, typeBytes } = node as RowDataSnapshot;
    if (typeBytes.length !== types.length)
      throw step.error(['state'], 'its SQL types are not known as bytes');
    Object.assign(now, { types: moved(types), typeBytes: moved(typeBytes) });
  }
  return rewritten(now, () => (value) => {
    const opaque = findOpaque(value);
    if (opaque !== undefined) throw cannotConvert('a field', opaque, 'which has no end of its own');
    if (Array.isArray(value)) return moved(value);
    if (value instanceof RowValue) {
      return new RowValue(value.kind, moved(value.fields), value.names && moved(value.names));
    }
    if (value instanceof RecordValue)
      return new RecordValue(value.shape, moved(value.fields), value.subclass);
    throw cannotConvert(`a value of ${node.className}`, value, 'which has no fields by position');
  });
}
