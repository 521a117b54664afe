import type { Savepoint, State, StateStream, StreamState } from '@statewright/savepoint';
import { readSerializerSnapshot, type SerializerSnapshot } from '@statewright/serializers';
import { type FlatSpan, type LocatedBytes, nest, type SpanNode } from './span-node.js';
import { TracedView } from './traced-view.js';

/** Bytes before a serializer snapshot: the version of how it is written. */
const OUTER_VERSION = 4;

/** Where a state is described in the header of one stream: name, options, serializers, each with its fields. */
export async function headerBytes(
  savepoint: Savepoint,
  stream: StateStream,
  state: StreamState,
): Promise<SpanNode[]> {
  const snapshots = snapshotsOf(state);
  const start = Math.min(state.span.start, ...snapshots.map(({ span }) => span.start - OUTER_VERSION));
  const end = Math.max(state.span.end, ...snapshots.map(({ span }) => span.end));
  const bytes = await savepoint.fs.readRange(state.span.file, start, end);
  const source = { bytes, start };
  const spans = snapshots.flatMap((snapshot) => snapshotSpans(savepoint, snapshot, source));
  const own: FlatSpan[] = [
    { label: `state ${state.name}`, start: state.span.start, end: state.span.end },
    { label: 'name', start: state.nameSpan.start, end: state.nameSpan.end, value: state.name },
  ];
  return nest([...own, ...spans], source).map((node) => labelled(node, stream));
}

function labelled(node: SpanNode, stream: StateStream): SpanNode {
  return { ...node, label: `${node.label}, subtask ${stream.subtask}` };
}

function snapshotsOf(state: StreamState): SerializerSnapshot[] {
  return [state.keySerializer, state.namespaceSerializer, state.valueSerializer].filter(
    (snapshot) => snapshot !== undefined && snapshot.span.file === state.span.file,
  ) as SerializerSnapshot[];
}

/** A serializer snapshot and all inside it; the names of the fields are those that its reader has for them. */
function snapshotSpans(savepoint: Savepoint, snapshot: SerializerSnapshot, source: LocatedBytes): FlatSpan[] {
  const from = snapshot.span.start - OUTER_VERSION - source.start;
  const view = new TracedView(
    source.bytes.subarray(from, snapshot.span.end - source.start),
    snapshot.span.file,
    snapshot.span.start - OUTER_VERSION,
  );
  readSerializerSnapshot(view, savepoint.formats);
  return [...nestedSpans(snapshot), ...view.reads];
}

function nestedSpans(snapshot: SerializerSnapshot): FlatSpan[] {
  const { className, span, nested } = snapshot;
  const label = className.slice(Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
  return [{ label, start: span.start, end: span.end }, ...nested.flatMap(nestedSpans)];
}

/** The streams that hold a state, and how each describes it. */
export function partsOf(state: State): { readonly stream: StateStream; readonly described: StreamState }[] {
  return state.parts.map(({ stream, stateId }) => ({ stream, described: stream.states[stateId]! }));
}
