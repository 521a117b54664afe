import { DataInputView } from '@statewright/bytes';
import {
  keyGroupPrefixBytes,
  type Savepoint,
  type StateEntry,
  type StateStream,
} from '@statewright/savepoint';
import { type SerializerSnapshot, type TracedValue, toJson, traceValue } from '@statewright/serializers';
import { describedIn, innerSerializers, namespaceSerializerOf } from '../state-serializers.js';
import { canonicalFrames } from './canonical-frames.js';
import { type FlatSpan, hexOf, nest, type SpanNode } from './span-node.js';

/** Reads traced values one behind the other and keeps their spans. */
export class EntryTracer {
  readonly spans: FlatSpan[] = [];

  constructor(
    readonly savepoint: Savepoint,
    readonly view: DataInputView,
  ) {}

  /** A value at the current position; true when it could be taken apart. */
  value(label: string, snapshot: SerializerSnapshot): void {
    const { view, spans, savepoint } = this;
    const traced = traceValue(snapshot, view, savepoint.formats);
    flatten({ ...traced, label }, spans);
  }

  int(label: string): number {
    const start = this.view.filePos;
    const value = this.view.readInt(label);
    this.spans.push({ label, start, end: this.view.filePos, value });
    return value;
  }

  /** `length` bytes of a meaning of their own. */
  mark(label: string, length: number, value?: unknown): void {
    const start = this.view.filePos;
    this.view.skip(length, label);
    this.spans.push({ label, start, end: this.view.filePos, value });
  }
}

function flatten(traced: TracedValue, into: FlatSpan[]): void {
  const { label, type, start, end, json, children } = traced;
  const name = label === '' ? type : `${label}: ${type}`;
  into.push(
    json === undefined ? { label: name, start, end } : { label: name, start, end, value: JSON.parse(json) },
  );
  for (const child of children) flatten(child, into);
}

/**
 * Every field of one entry of a state; of a compressed stream only where its frame lies, and the entry's value; also of an
 * entry in which something has no known end, so that nobody can tell where its fields lie.
 */
export async function entryBytes(
  savepoint: Savepoint,
  stream: StateStream,
  entry: StateEntry,
): Promise<SpanNode[]> {
  const { file, start, end } = entry.span;
  const path = file.replace(/ \(uncompressed from \d+\)$/, '');
  const bytes = await savepoint.fs.readRange(path, start, end);
  const source = { bytes, start };
  if (stream.compressed || entry.open === true) {
    const value = JSON.parse(toJson(entry.value));
    const label = stream.compressed
      ? 'snappy frames that hold the entry'
      : 'an entry without a known end, and all that follows it in the key group';
    return [{ label, start, end, hex: hexOf(source, start, end), value, children: [] }];
  }
  const tracer = new EntryTracer(savepoint, new DataInputView(bytes, path, start));
  traceEntry(tracer, stream, entry);
  return nest([{ label: 'entry', start, end }, ...tracer.spans], source);
}

function traceEntry(tracer: EntryTracer, stream: StateStream, entry: StateEntry): void {
  const { state } = entry;
  if (stream.format === 'canonical') {
    canonicalFrames(tracer, state, keyGroupPrefixBytes(state.operator.maxParallelism));
  } else if (stream.format === 'heap') {
    heapEntry(tracer, entry);
  } else {
    operatorEntry(tracer, stream, entry);
  }
}

/** `namespace | key | state`, or a timer. */
function heapEntry(tracer: EntryTracer, { state }: StateEntry): void {
  const namespace = namespaceSerializerOf(state);
  if (state.kind === 'timer') {
    tracer.value('timer', state.valueSerializer);
    return;
  }
  if (namespace !== undefined) tracer.value('namespace', namespace);
  if (state.keySerializer !== undefined) tracer.value('key', state.keySerializer);
  tracer.value('value', state.valueSerializer);
}

/** Elements one behind the other; broadcast: a count, then keys and values. */
function operatorEntry(tracer: EntryTracer, stream: StateStream, { state }: StateEntry): void {
  const { element, userKey } = innerSerializers(state);
  if (state.kind !== 'broadcast') {
    const offsets = describedIn(state, stream)?.offsets ?? [];
    for (let i = 0; i < offsets.length && tracer.view.remaining > 0; i++)
      tracer.value(`element ${i}`, element ?? state.valueSerializer);
    return;
  }
  const count = tracer.int('count');
  for (let i = 0; i < count; i++) {
    tracer.value('key', userKey!);
    tracer.value('value', element!);
  }
}
