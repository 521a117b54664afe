import type { Span } from '@statewright/bytes';
import { readMetadata, type Savepoint } from '@statewright/savepoint';
import { type FlatSpan, nest, type SpanNode } from './span-node.js';
import { TracedView } from './traced-view.js';

/** Bytes of the magic number and of the version, which are looked at before they are read. */
const HEAD: readonly FlatSpan[] = [
  { label: 'magic number', start: 0, end: 4, value: '0x4960672d' },
  { label: 'metadata version', start: 4, end: 8 },
];

/** Every field of the metadata file. */
export async function metadataBytes(savepoint: Savepoint): Promise<SpanNode[]> {
  const { location, fs, metadataBytes: size } = savepoint;
  const bytes = await fs.readRange(location.metadataPath, 0, size);
  const view = new TracedView(bytes, location.metadataPath);
  const metadata = readMetadata(view);
  const head = HEAD.map((span) =>
    span.label === 'metadata version' ? { ...span, value: metadata.version } : span,
  );
  const whole = { label: 'CheckpointMetadata', start: 0, end: size };
  const reads = view.reads.filter(({ start }) => start >= 8);
  const parts = spansOf(metadata, location.metadataPath);
  return nest([whole, ...parts, ...head, ...reads], { bytes, start: 0 });
}

/** The spans of all parts of a tree of plain objects, labelled by the property that leads to each. */
function spansOf(tree: object, file: string): FlatSpan[] {
  const found: FlatSpan[] = [];
  const visit = (value: unknown, label: string): void => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const item of value) visit(item, singular(label));
      return;
    }
    if (isSpan(value)) {
      if (value.file === file) found.push({ label, start: value.start, end: value.end });
      return;
    }
    for (const [name, child] of Object.entries(value)) {
      if (name === 'span') visit(child, labelOf(value, label));
      else visit(child, name);
    }
  };
  for (const [name, child] of Object.entries(tree)) if (name !== 'span') visit(child, name);
  return found;
}

function singular(label: string): string {
  return label.replace(/s$/, '');
}

/** A handle says its type, an operator its name, a subtask its number. */
function labelOf(value: object, label: string): string {
  const { type, operatorUid, operatorName, operatorId, subtaskIndex } = value as { [name: string]: unknown };
  if (typeof type === 'string') return `${label}: ${type}`;
  const operator = [operatorUid, operatorName, operatorId].find(
    (name) => typeof name === 'string' && name !== '',
  );
  if (operator !== undefined) return `${label} ${operator}`;
  return subtaskIndex === undefined ? label : `${label} ${subtaskIndex}`;
}

function isSpan(value: object): value is Span {
  return 'file' in value && 'start' in value && 'end' in value && Object.keys(value).length === 3;
}
