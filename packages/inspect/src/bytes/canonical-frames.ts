import type { State } from '@statewright/savepoint';
import { compileCodec, type SerializerSnapshot } from '@statewright/serializers';
import { innerSerializers, namespaceSerializerOf } from '../state-serializers.js';
import type { EntryTracer } from './entry-bytes.js';

/** In the first byte of a key: a state id follows the value. */
const META_DATA_FOLLOWS = 0x80;

/**
 * The frames of one entry in a canonical stream: one, or for a map one an entry.
 *
 *     i32 length, composite key: key group (1 or 2 bytes) | key | [length] | namespace | [length] | [user key]
 *     i32 length, value
 *
 * Follows `FullSnapshotAsyncWriter` and `CompositeKeySerializationUtils` (Flink 2.3).
 */
export function canonicalFrames(tracer: EntryTracer, state: State, prefixBytes: number): void {
  const { view } = tracer;
  const end = view.limit;
  while (view.pos < end) {
    const keyLength = tracer.int('key length');
    const keyEnd = Math.min(view.pos + keyLength, end);
    const flagged = (view.bytes[view.pos]! & META_DATA_FOLLOWS) !== 0;
    const frame = { start: view.filePos - 4, label: state.kind === 'map' ? 'map entry' : 'frame' };
    tracer.mark('key group', prefixBytes, keyGroup(tracer, prefixBytes, flagged));
    limited(tracer, keyEnd, () => compositeKey(tracer, state));
    const valueLength = tracer.int('value length');
    const valueEnd = Math.min(view.pos + valueLength, end);
    limited(tracer, valueEnd, () => traceStateValue(tracer, state));
    tracer.spans.unshift({ ...frame, end: view.filePos });
  }
}

function keyGroup({ view }: EntryTracer, prefixBytes: number, flagged: boolean): string {
  const first = view.bytes[view.pos]! & ~META_DATA_FOLLOWS;
  const group = prefixBytes === 1 ? first : (first << 8) | view.bytes[view.pos + 1]!;
  return flagged ? `${group}, a state id follows` : String(group);
}

/** Reads within a frame and goes to its end, whatever was understood. */
function limited(tracer: EntryTracer, end: number, read: () => void): void {
  const { view } = tracer;
  const outer = view.limit;
  view.limit = end;
  if (view.pos < end) read();
  view.pos = end;
  view.limit = outer;
}

function compositeKey(tracer: EntryTracer, state: State): void {
  const { view } = tracer;
  if (state.kind === 'timer') {
    tracer.value('timer', state.valueSerializer);
    return;
  }
  const namespace = namespaceSerializerOf(state)!;
  const ambiguous = isVariable(tracer, state.keySerializer!) && isVariable(tracer, namespace);
  part(tracer, 'key', state.keySerializer!, ambiguous);
  if (view.pos < view.limit) part(tracer, 'namespace', namespace, ambiguous);
  const { userKey } = innerSerializers(state);
  if (userKey !== undefined && view.pos < view.limit) tracer.value('user key', userKey);
}

function isVariable({ savepoint }: EntryTracer, snapshot: SerializerSnapshot): boolean {
  return compileCodec(snapshot, { formats: savepoint.formats }).length < 0;
}

/** Key or namespace; when both are of variable length, its length follows in as many bytes as it needs. */
function part(tracer: EntryTracer, label: string, snapshot: SerializerSnapshot, ambiguous: boolean): void {
  const { view } = tracer;
  const start = view.pos;
  tracer.value(label, snapshot);
  if (!ambiguous || view.pos >= view.limit) return;
  const length = view.pos - start;
  tracer.mark(`length of the ${label}`, Math.max(1, Math.ceil(Math.log2(length + 1) / 8)), length);
}

function traceStateValue(tracer: EntryTracer, state: State): void {
  const { view } = tracer;
  const { element } = innerSerializers(state);
  if (state.kind === 'list' && element !== undefined) {
    for (let i = 0; view.pos < view.limit; i++) {
      if (i > 0) tracer.mark('delimiter', 1);
      tracer.value(`element ${i}`, element);
    }
  } else if (state.kind === 'map' && element !== undefined) {
    const isNull = view.bytes[view.pos] !== 0;
    tracer.mark('null flag', 1, isNull);
    if (!isNull) tracer.value('value', element);
  } else {
    tracer.value('value', state.valueSerializer);
  }
}
