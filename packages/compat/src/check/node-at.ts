import type { Span } from '@statewright/bytes';
import type { SerializerSnapshot } from '@statewright/serializers';

/** The node of a serializer tree that lies at a span; undefined where there is none. */
export function nodeAt(tree: SerializerSnapshot, span: Span): SerializerSnapshot | undefined {
  const { file, start, end } = tree.span;
  if (file === span.file && start === span.start && end === span.end) return tree;
  for (const nested of tree.nested) {
    const found = nodeAt(nested, span);
    if (found !== undefined) return found;
  }
  return undefined;
}
