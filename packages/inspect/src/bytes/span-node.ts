/** A range of bytes and what it means. Positions are those of the file; `end` is not included. */
export interface SpanNode {
  readonly label: string;
  readonly start: number;
  readonly end: number;
  /** The first bytes in hex. */
  readonly hex: string;
  /** What the bytes stand for, where it is a single value. */
  readonly value: unknown;
  readonly children: readonly SpanNode[];
}

/** A node before it is put into its place. */
export interface FlatSpan {
  readonly label: string;
  readonly start: number;
  readonly end: number;
  readonly value?: unknown;
}

/** Bytes in memory and where they lie in their file. */
export interface LocatedBytes {
  readonly bytes: Uint8Array;
  readonly start: number;
}

/** Bytes of a node that are shown. */
const SHOWN = 16;

/** The first bytes of a range in hex. */
export function hexOf({ bytes, start }: LocatedBytes, from: number, to: number): string {
  const first = Math.max(0, from - start);
  const last = Math.min(bytes.length, to - start, first + SHOWN);
  return Buffer.from(bytes.buffer, bytes.byteOffset + first, Math.max(0, last - first)).toString('hex');
}

/**
 * Puts spans into a tree by containment. Of two with the same range the earlier one is the parent, and one with the same
 * name counts once. Bytes of a parent that none of its children covers get a node of their own, so that every byte is shown.
 */
export function nest(spans: readonly FlatSpan[], source: LocatedBytes): SpanNode[] {
  const once = new Map(spans.map((span) => [`${span.start} ${span.end} ${span.label}`, span]));
  const order = [...once.values()].map((span, i) => ({ span, i }));
  order.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end || a.i - b.i);
  const roots: Building[] = [];
  const open: Building[] = [];
  for (const { span } of order) {
    while (open.length > 0 && !contains(open.at(-1)!.span, span)) open.pop();
    const node: Building = { span, children: [] };
    (open.at(-1)?.children ?? roots).push(node);
    if (span.end > span.start) open.push(node);
  }
  return roots.map((root) => finished(root, source));
}

interface Building {
  readonly span: FlatSpan;
  readonly children: Building[];
}

function contains(outer: FlatSpan, inner: FlatSpan): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

function finished({ span, children }: Building, source: LocatedBytes): SpanNode {
  const { label, start, end, value } = span;
  const nodes = children.map((child) => finished(child, source));
  const hex = hexOf(source, start, end);
  return { label, start, end, hex, value: value ?? null, children: withGaps(nodes, start, end, source) };
}

function withGaps(nodes: readonly SpanNode[], start: number, end: number, source: LocatedBytes): SpanNode[] {
  if (nodes.length === 0) return [];
  const all: SpanNode[] = [];
  let at = start;
  for (const node of nodes) {
    if (node.start > at) all.push(gap(at, node.start, source));
    all.push(node);
    at = Math.max(at, node.end);
  }
  if (at < end) all.push(gap(at, end, source));
  return all;
}

function gap(start: number, end: number, source: LocatedBytes): SpanNode {
  return { label: '(not named)', start, end, hex: hexOf(source, start, end), value: null, children: [] };
}
