import { type RecordShape, RecordValue } from '@statewright/serializers';
import type { KryoClassLayout, KryoField } from '../layout.js';
import type { ObjectGraph } from '../object-graph.js';

/** Makes the decoded form of an object from its fields' values, which are in the order of the names. */
export type Make = (values: readonly unknown[], graph: ObjectGraph) => unknown;

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
