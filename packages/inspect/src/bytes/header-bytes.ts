import { readStreamHeader, type Savepoint, type StateStream, type StreamState } from '@statewright/savepoint';
import type { SerializerSnapshot } from '@statewright/serializers';
import { type FlatSpan, nest, type SpanNode } from './span-node.js';
import { TracedView } from './traced-view.js';

/** Every field of a stream's header; with `state` only those that describe it, and the key's serializer. */
export async function headerBytes(
  savepoint: Savepoint,
  stream: StateStream,
  state?: StreamState,
): Promise<SpanNode[]> {
  const { file, start } = placeOf(stream);
  const bytes = await savepoint.fs.readRange(file, start, start + stream.headerLength);
  const view = new TracedView(bytes, file, start);
  readStreamHeader(view, stream.format, savepoint.formats);
  const whole = { label: 'header', start, end: view.filePos };
  const parts = stream.states.flatMap((one) => stateSpans(one, file));
  const [header] = nest([whole, ...parts, ...view.reads], { bytes, start });
  return state === undefined ? [header!] : [{ ...header!, children: header!.children.filter(about(state)) }];
}

/** The fields of the header itself, and of its states just the one. */
function about(state: StreamState): (node: SpanNode) => boolean {
  return (node) => !node.label.startsWith('state ') || node.start === state.span.start;
}

/** File and position of a stream's first byte. */
export function placeOf({ ref, states }: StateStream): { readonly file: string; readonly start: number } {
  if (ref.kind === 'file') return { file: ref.path, start: ref.start };
  if (ref.kind === 'inline') return { file: ref.span.file, start: ref.span.start };
  return { file: states[0]?.span.file ?? '', start: 0 };
}

function stateSpans(state: StreamState, file: string): FlatSpan[] {
  const { keySerializer, namespaceSerializer, valueSerializer, userKeySerializer, span, nameSpan } = state;
  const snapshots = [keySerializer, namespaceSerializer, valueSerializer, userKeySerializer];
  return [
    { label: `state ${state.name}`, start: span.start, end: span.end },
    { label: 'state name', start: nameSpan.start, end: nameSpan.end, value: state.name },
    ...snapshots.flatMap((snapshot) => (snapshot?.span.file === file ? snapshotSpans(snapshot) : [])),
  ];
}

function snapshotSpans(snapshot: SerializerSnapshot): FlatSpan[] {
  const { className, span, nested } = snapshot;
  const label = className.slice(Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
  return [{ label, start: span.start, end: span.end }, ...nested.flatMap(snapshotSpans)];
}
