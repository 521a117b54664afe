import { type RecordShape, RecordValue } from '@statewright/serializers';
import type { KryoClassLayout, KryoField } from '../layout.js';
import type { KryoClass, ObjectGraph } from '../object-graph.js';

/** Makes the decoded form of an object from its fields' values, which are in the order of the names. */
export type Make = (values: readonly unknown[], graph: ObjectGraph) => unknown;

/** A field's class, and once it has been looked up, whether it is final; both belong to one set of classes. */
export interface FieldClass {
  readonly className: string;
  found?: KryoClass | 'open';
}

/** The class of a field when it is final: then it has none in the stream. */
export function finalType(graph: ObjectGraph, field: FieldClass): KryoClass | undefined {
  const { className } = field;
  field.found ??= graph.classes.isFinal(className) ? graph.classes.named(className) : 'open';
  return field.found === 'open' ? undefined : field.found;
}

/** A layout's fields as the stream has them: sorted by name, by UTF-16 units. */
export function sortedFields({ fields }: KryoClassLayout): readonly KryoField[] {
  return [...fields].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Records of a layout's class. */
export function makeRecord(layout: KryoClassLayout): Make {
  const names = sortedFields(layout).map(({ name }) => name);
  const shape: RecordShape = { className: layout.className, names };
  return (values) => new RecordValue(shape, values);
}
