import { DataInputView, DataOutputView } from '@statewright/bytes';
import {
  openSavepoint,
  readMetadata,
  type Savepoint,
  type StateStream,
  type StreamState,
  writeMetadata,
} from '@statewright/savepoint';
import { type SerializerSnapshot, writeSerializerSnapshot } from '@statewright/serializers';
import { MemoryFileSystem } from './memory-file-system.js';
import { ROOT, type Sample } from './samples.js';

/** Old names and new ones: of operators, states, fields, classes and files. */
export type Names = ReadonlyMap<string, string>;

const METADATA = `${ROOT}/_metadata`;

/** A replacement in the header of a state file. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly bytes: Uint8Array;
}

/**
 * A sample in which everything that has one of the names has another one, as if the job had been written so: in the
 * metadata, in the headers of the state files and in their file names. Values stay as they are.
 */
export async function renamedSample(sample: Sample, names: Names): Promise<Sample> {
  const savepoint = await openSavepoint(ROOT, { fs: new MemoryFileSystem(sample.files) });
  const files = new Map(sample.files);
  const growth = new Map<string, number>();
  for (const [path, edits] of headerEdits(savepoint, names)) {
    const bytes = applied(sample.files.get(path)!, edits);
    growth.set(baseName(path), bytes.length - sample.files.get(path)!.length);
    files.delete(path);
    files.set(`${ROOT}/${renamed(baseName(path), names)}`, bytes);
  }
  return { name: sample.name, files: files.set(METADATA, renamedMetadata(sample, names, growth)) };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function renamed(name: string, names: Names): string {
  return names.get(name) ?? name;
}

/** By file, where its header holds one of the names. */
function headerEdits({ operators }: Savepoint, names: Names): Map<string, Edit[]> {
  const edits = new Map<string, Edit[]>();
  for (const stream of operators.flatMap((operator) => operator.streams)) {
    if (stream.ref.kind !== 'file') continue;
    edits.set(stream.ref.path, streamEdits(stream, names));
  }
  return edits;
}

function streamEdits({ states }: StateStream, names: Names): Edit[] {
  const keys = states.slice(0, 1).flatMap(({ keySerializer }) => serializerEdits(keySerializer, names));
  return [...keys, ...states.flatMap((state) => stateEdits(state, names))].sort((a, b) => a.start - b.start);
}

function stateEdits(state: StreamState, names: Names): Edit[] {
  const { name, nameSpan, namespaceSerializer, valueSerializer } = state;
  const parts = [namespaceSerializer, valueSerializer].flatMap((each) => serializerEdits(each, names));
  const bytes = new DataOutputView();
  bytes.writeUTF(renamed(name, names));
  return [{ start: nameSpan.start, end: nameSpan.end, bytes: bytes.toBytes() }, ...parts];
}

function serializerEdits(snapshot: SerializerSnapshot | undefined, names: Names): Edit[] {
  if (snapshot === undefined) return [];
  const output = new DataOutputView();
  writeSerializerSnapshot(output, withNames(snapshot, names));
  // The outer version stands before the snapshot's span.
  return [{ start: snapshot.span.start, end: snapshot.span.end, bytes: output.toBytes().subarray(4) }];
}

/** A copy of plain data with other texts in it; bytes stay. */
function withNames<T>(value: T, names: Names): T {
  if (typeof value === 'string') return renamed(value, names) as T;
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map((each) => withNames(each, names)) as T;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withNames(each, names)])) as T;
}

function applied(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const { start, end, bytes: replacement } of edits) {
    pieces.push(bytes.subarray(at, start), replacement);
    at = end;
  }
  return new Uint8Array(Buffer.concat([...pieces, bytes.subarray(at)]));
}

interface Handle {
  readonly delegate?: { readonly type: string; readonly relativePath: string; readonly stateSize: number };
  readonly offsets?: readonly number[];
  readonly states?: readonly { readonly offsets: readonly number[] }[];
}

/** The metadata with other names, and with places and sizes that follow the growth of the headers. */
function renamedMetadata({ files }: Sample, names: Names, growth: ReadonlyMap<string, number>): Uint8Array {
  const bytes = files.get(METADATA)!;
  const metadata = readMetadata(new DataInputView(bytes, METADATA));
  const moved = (offset: number, by: number) => (offset > 0 ? offset + by : offset);
  const visit = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(visit);
    const copy = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, visit(each)])) as Handle;
    const { delegate, offsets, states } = copy;
    if (delegate?.type !== 'relative-file') return copy;
    const by = growth.get(delegate.relativePath)!;
    return {
      ...copy,
      delegate: { ...delegate, stateSize: delegate.stateSize + by },
      ...(offsets && { offsets: offsets.map((each) => moved(each, by)) }),
      ...(states && {
        states: states.map((each) => ({ ...each, offsets: each.offsets.map((offset) => moved(offset, by)) })),
      }),
    };
  };
  const changed = withNames(visit(metadata) as typeof metadata, names);
  return writeMetadata(changed, ({ start, end }) => bytes.subarray(start, end));
}
