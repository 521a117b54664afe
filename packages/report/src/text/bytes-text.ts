import type { BytesView, SpanNode } from '@statewright/inspect';
import { escapeText } from './escape.js';
import { plural } from './numbers.js';
import type { Style } from './style.js';
import { displayWidth, truncate } from './width.js';

/** Bytes shown of a node on a wide page and on a narrow one. */
const WIDE_BYTES = 12;
const NARROW_BYTES = 4;
/** Columns below which a page is narrow, and below which it has no room for bytes beside their meaning. */
const NARROW = 72;
const NARROWEST = 56;
/** A value is cut where the page has no end. */
const MAX_VALUE = 120;

/** A tree of spans: position, length, the first bytes in hex, and what they mean. */
export function* bytesText(view: BytesView, width: number, style: Style): Iterable<string> {
  yield style.heading(escapeText(view.snapshot.path));
  for (const { title, file, nodes } of view.parts) {
    yield '';
    yield `${style.heading(escapeText(title))}  ${style.dim(escapeText(file))}`;
    const layout = layoutOf(nodes, width);
    for (const node of nodes) yield* nodeLines(node, 0, layout, style);
  }
}

interface Layout {
  readonly width: number;
  readonly position: number;
  readonly length: number;
  readonly bytes: number;
}

function layoutOf(nodes: readonly SpanNode[], width: number): Layout {
  const last = Math.max(0, ...nodes.map(({ end }) => end));
  const longest = Math.max(0, ...nodes.map(({ start, end }) => end - start));
  const bytes = width < NARROWEST ? 0 : width < NARROW ? NARROW_BYTES : WIDE_BYTES;
  return { width, position: String(last).length, length: String(longest).length, bytes };
}

function* nodeLines(node: SpanNode, depth: number, layout: Layout, style: Style): Iterable<string> {
  const { start, end, children } = node;
  const place = `${String(start).padStart(layout.position)} ${String(end - start).padStart(layout.length)}`;
  const hex = layout.bytes === 0 ? '' : `${hexText(node, layout.bytes).padEnd(layout.bytes * 3 + 1)}  `;
  const indent = '  '.repeat(depth);
  const room = layout.width - displayWidth(place) - displayWidth(hex) - indent.length - 2;
  const meaning = truncate(escapeText(meaningOf(node)), Math.min(MAX_VALUE, Math.max(12, room)));
  yield `${style.dim(place)}  ${style.dim(hex)}${indent}${meaning}`.trimEnd();
  for (const child of children) yield* nodeLines(child, depth + 1, layout, style);
}

/** `01 02 03 …`; nothing for a node whose children show their own bytes. */
function hexText({ hex, start, end, children }: SpanNode, shown: number): string {
  if (children.length > 0) return '';
  const pairs = hex.match(/../g) ?? [];
  const text = pairs.slice(0, shown).join(' ');
  return end - start > shown ? `${text} …` : text;
}

function meaningOf({ label, value, children, start, end }: SpanNode): string {
  if (value !== null) return `${label} = ${typeof value === 'string' ? value : JSON.stringify(value)}`;
  return children.length === 0 && end === start ? `${label} (${plural(0, 'byte')})` : label;
}
