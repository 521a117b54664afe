import { type DataInputView, DataOutputView } from '@statewright/bytes';
import { type Codec, MapValue, type SnapshotFormat } from '@statewright/serializers';
import { CodecCache } from '../entries/codec-cache.js';
import { endsOf, OperatorStateReader, operatorEntries } from '../entries/operator-stream.js';
import { type ReadContext, Tally } from '../entries/read-context.js';
import type { Savepoint, State, StateEntry, StateStream } from '../model.js';
import { streamBytes } from '../stream-bytes.js';
import { cannotRewrite } from './new-state.js';
import { type NewEntry, readAs, type StateRewrite } from './rewrite.js';

/** What one state of one old stream gives to a new one. */
export interface OperatorSource {
  readonly stream: StateStream;
  readonly stateId: number;
  readonly state: State;
  readonly rewrite: StateRewrite;
}

/** An element of a list, encoded; of broadcast state an entry, of which the first bytes are the key. */
export interface Element {
  readonly bytes: Uint8Array;
  readonly keyBytes: number;
}

/** What a state holds. */
export type Elements = Element[];

/** The elements that a state of an old stream becomes, all in memory, as Flink has them. */
export async function rewrittenElements(savepoint: Savepoint, source: OperatorSource): Promise<Elements> {
  const { stream, stateId, rewrite } = source;
  const as = readAs(stream.states[stateId]!, rewrite);
  if (as.offsets.length === 0) return [];
  const formats = [...savepoint.formats, ...(rewrite.formats ?? [])];
  const context: ReadContext = {
    codecs: new CodecCache(formats),
    maxParallelism: 1,
    keyGroups: undefined,
    batchEntries: 1,
    maxMapEntries: Number.MAX_SAFE_INTEGER,
    tally: new Tally(),
  };
  const bytes = streamBytes(savepoint.fs, savepoint.location, stream.ref);
  const part = { state: source.state, as };
  if (rewrite.entries !== undefined) {
    const elements = new NewElements(rewrite, savepoint.formats);
    for await (const batch of operatorEntries(stream, bytes, [part], context)) {
      for (const entry of batch) elements.change(entry);
    }
    return elements.elements;
  }
  const reader = new OperatorStateReader(stream, bytes, part, endsOf(stream, bytes), context);
  const parts = new OperatorParts(source, savepoint.formats, context.codecs);
  for await (const view of reader.views()) parts.add(view);
  return parts.elements;
}

/** Entries of a load feed, encoded for a state of a new stream. */
export async function loadedElements(
  { entries, rewrite }: LoadedElements,
  formats: readonly SnapshotFormat[],
): Promise<Elements> {
  const elements = new NewElements(rewrite, formats);
  for await (const batch of entries) for (const entry of batch) elements.put(entry);
  return elements.elements;
}

/** Entries from outside that become elements. */
export interface LoadedElements {
  readonly entries: AsyncIterable<readonly NewEntry[]>;
  readonly rewrite: StateRewrite;
}

/** An element that was written, decoded. */
interface NewPart {
  readonly key: unknown;
  readonly value: unknown;
  readonly keyBytes: number;
}

/** Copies elements, or gives parts of them new forms. */
class OperatorParts {
  readonly elements: Elements = [];
  private readonly out = new DataOutputView();
  private readonly from: Codec;
  private readonly to: Codec;
  private readonly keyFrom: Codec | undefined;
  private readonly keyTo: Codec | undefined;

  constructor(
    private readonly source: OperatorSource,
    formats: readonly SnapshotFormat[],
    codecs: CodecCache,
  ) {
    const as = readAs(source.stream.states[source.stateId]!, source.rewrite);
    const { target } = source.rewrite;
    const targets = new CodecCache(formats);
    this.from = codecs.get(as.valueSerializer);
    this.to = targets.get(target.valueSerializer);
    if (as.kind !== 'broadcast') return;
    this.keyFrom = codecs.get(as.keySerializer!);
    this.keyTo = targets.get(target.keySerializer!);
  }

  /** One element of a list, or a broadcast map. */
  add(view: DataInputView): void {
    const { rewrite } = this.source;
    const { element, userKey } = rewrite.values ?? {};
    const size = view.remaining;
    if (this.keyFrom === undefined) {
      rewrite.counts.entriesIn++;
      rewrite.counts.bytesIn += size;
      if (element === undefined) this.copy(view, size);
      else this.element(view, element);
    } else if (rewrite.targetId >= 0) {
      this.broadcast(view, element, userKey);
    } else {
      rewrite.counts.entriesIn += view.readCount('broadcast state');
      rewrite.counts.bytesIn += size - 4;
    }
    view.pos = view.limit;
  }

  private copy(view: DataInputView, size: number): void {
    const { counts, targetId } = this.source.rewrite;
    if (targetId < 0) return;
    this.give(view.readBytes(size).slice(), 0);
    counts.copied++;
  }

  private give(bytes: Uint8Array, keyBytes: number): void {
    this.elements.push({ bytes, keyBytes });
    const { counts } = this.source.rewrite;
    counts.entriesOut++;
    counts.bytesOut += bytes.length;
  }

  private element(view: DataInputView, convert: (value: unknown) => unknown): void {
    const value = this.from.read(view);
    view.expectEnd('operator state');
    this.attempt(null, value, () => {
      const now = convert(value);
      this.to.write(this.out, now);
      return { key: null, value: now, keyBytes: 0 };
    });
  }

  private broadcast(
    view: DataInputView,
    element: ((value: unknown) => unknown) | undefined,
    userKey: ((value: unknown) => unknown) | undefined,
  ): void {
    const { counts } = this.source.rewrite;
    const count = view.readCount('broadcast state');
    for (let i = 0; i < count; i++) {
      const start = view.pos;
      const key = this.keyFrom!.read(view);
      const valueStart = view.pos;
      const value = this.from.read(view);
      counts.entriesIn++;
      counts.bytesIn += view.pos - start;
      if (element === undefined && userKey === undefined) {
        this.give(view.bytes.slice(start, view.pos), valueStart - start);
        counts.copied++;
        continue;
      }
      const end = view.pos;
      this.attempt(key, value, () => {
        const newKey = userKey === undefined ? key : userKey(key);
        const newValue = element === undefined ? value : element(value);
        if (userKey === undefined) this.out.writeRange(view.bytes, start, valueStart);
        else this.keyTo!.write(this.out, newKey);
        const keyBytes = this.out.length;
        if (element === undefined) this.out.writeRange(view.bytes, valueStart, end);
        else this.to.write(this.out, newValue);
        return { key: newKey, value: newValue, keyBytes };
      });
    }
    view.expectEnd('operator state');
  }

  private attempt(key: unknown, value: unknown, write: () => NewPart): void {
    const { watch } = this.source.rewrite;
    this.out.clear();
    try {
      const after = write();
      this.give(this.out.toBytes(), after.keyBytes);
      if (watch.wantsSample) watch.sample(this.entryOf(key, value), [this.entryOf(after.key, after.value)]);
    } catch (thrown) {
      if (!watch.isSkip(thrown)) watch.failed(thrown, () => this.entryOf(key, value));
    }
  }

  private entryOf(key: unknown, value: unknown): StateEntry {
    const { state, stream } = this.source;
    const { file, start } = stream.states[this.source.stateId]!.span;
    return {
      state,
      keyGroup: undefined,
      subtask: stream.subtask,
      key,
      namespace: null,
      value,
      ttl: undefined,
      keyBytes: 0,
      valueBytes: 0,
      span: { file, start, end: start },
    };
  }
}

/** Makes elements out of whole entries. */
class NewElements {
  readonly elements: Elements = [];
  private readonly to: Codec;
  private readonly keyTo: Codec | undefined;
  private readonly out = new DataOutputView();

  constructor(
    private readonly rewrite: StateRewrite,
    formats: readonly SnapshotFormat[],
  ) {
    const { target } = rewrite;
    const codecs = new CodecCache(formats);
    this.to = codecs.get(target.valueSerializer);
    this.keyTo = target.kind === 'broadcast' ? codecs.get(target.keySerializer!) : undefined;
  }

  /** What an old entry (a whole list or map) becomes. */
  change(entry: StateEntry): void {
    const { counts, watch, entries } = this.rewrite;
    const { value, valueBytes } = entry;
    counts.entriesIn += value instanceof MapValue ? value.entries.length : (value as unknown[]).length;
    counts.bytesIn += valueBytes;
    try {
      const results = entries!(entry);
      for (const each of results) for (const part of partsOf(each)) this.write(part);
      if (watch.wantsSample) {
        watch.sample(
          entry,
          results.map((each) => ({ ...entry, ...each })),
        );
      }
    } catch (thrown) {
      if (!watch.isSkip(thrown)) watch.failed(thrown, () => entry);
    }
  }

  /** A loaded entry: an element, or a key and a value. */
  put({ key, value }: NewEntry): void {
    const { watch, counts } = this.rewrite;
    counts.entriesIn++;
    try {
      this.write({ key, value });
    } catch (thrown) {
      watch.failed(thrown, () => undefined);
    }
  }

  private write({ key, value }: { readonly key: unknown; readonly value: unknown }): void {
    this.out.clear();
    this.keyTo?.write(this.out, key);
    const keyBytes = this.out.length;
    this.to.write(this.out, value);
    this.elements.push({ bytes: this.out.toBytes(), keyBytes });
    this.rewrite.counts.entriesOut++;
    this.rewrite.counts.bytesOut += this.out.length;
  }
}

/** The elements of a list, or the entries of a map. */
function partsOf({ value }: NewEntry): { key: unknown; value: unknown }[] {
  if (value instanceof MapValue) return value.entries.map(([key, each]) => ({ key, value: each }));
  if (Array.isArray(value)) return value.map((each) => ({ key: null, value: each as unknown }));
  throw cannotRewrite('operator state is a list or a map, but the new value is neither');
}
