import type { ObjectGraph } from '../object-graph.js';

/** A comparator must be the natural order, which is null: no value here could keep another one. */
export function refuseComparator(graph: ObjectGraph): void {
  const start = graph.input.pos;
  const type = graph.readClass();
  if (type === undefined) return;
  const reason = `the order of a sorted collection is that of ${type.name}, which no value here can keep`;
  throw graph.errorAt(start, 'NOT_SUPPORTED', reason);
}
