import { text } from '@observablehq/plot';
import type { rows } from './frame.js';

/** Labels above their rows, from the left edge (`x` of the axis) on; nothing where they stand beside the rows. */
export function rowLabels({ labels, labelAbove }: ReturnType<typeof rows>, x: number) {
  return text(labels, {
    x,
    y: 'row',
    text: 'label',
    textAnchor: 'start',
    dy: labelAbove,
    fill: 'var(--soft)',
  });
}

/** What stands behind the end of each row: a number, a mark. */
export function rowEnds<T extends { readonly row: string }>(
  ends: readonly T[],
  x: keyof T & string,
  shown: (end: T) => string,
  { middle }: ReturnType<typeof rows>,
) {
  return text(ends as T[], {
    x,
    y: 'row',
    text: shown,
    textAnchor: 'start',
    dx: 8,
    dy: middle,
    fill: 'currentColor',
  });
}
