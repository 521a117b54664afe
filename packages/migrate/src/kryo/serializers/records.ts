import { erasure, isPrimitive } from '../java-types.js';
import type { KryoClassLayout } from '../layout.js';
import { asDeclared, type Body } from './body.js';
import { type Make, sortedFields } from './fields.js';

/**
 *     components, sorted by name
 *       primitive             as it is
 *       of a final class      reference, body
 *       of any other class    class, reference, body; or 0
 *
 * Nothing is known of type arguments. Follows `RecordSerializer`, Kryo 5.6.
 */
export function recordBody(layout: KryoClassLayout, make: Make): Body {
  const components = sortedFields(layout).map(({ name, type }) => ({ name, type, className: erasure(type) }));
  return (graph) => {
    const values: unknown[] = [];
    for (const { name, type, className } of components) {
      graph.path.push(name);
      const declared = type.kind === 'variable' ? undefined : className;
      values.push(asDeclared(readComponent(graph, className), declared));
      graph.path.pop();
    }
    return make(values, graph);
  };
}

function readComponent(graph: Parameters<Body>[0], className: string): unknown {
  const { classes } = graph;
  if (isPrimitive(className)) return graph.readObject(classes.named(className), undefined);
  if (classes.isFinal(className)) return graph.readObjectOrNull(classes.named(className), undefined);
  return graph.readClassAndObject();
}
