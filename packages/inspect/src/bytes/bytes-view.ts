import { StatewrightError } from '@statewright/bytes';
import {
  readEntries,
  type Savepoint,
  type State,
  type StateEntry,
  type StateStream,
} from '@statewright/savepoint';
import { addressOf } from '../names.js';
import { summarize } from '../summary.js';
import type { SnapshotSummary } from '../views.js';
import { entryBytes } from './entry-bytes.js';
import { headerBytes, placeOf } from './header-bytes.js';
import { metadataBytes } from './metadata-bytes.js';
import type { SpanNode } from './span-node.js';

/** What `bytes` shows. */
export interface BytesView {
  readonly schemaVersion: 1;
  readonly view: 'bytes';
  readonly snapshot: SnapshotSummary;
  readonly parts: readonly BytesPart[];
}

/** Bytes that lie together in one file. */
export interface BytesPart {
  readonly title: string;
  readonly file: string;
  readonly nodes: readonly SpanNode[];
}

/** Every field of the metadata file. */
export async function metadataBytesView(savepoint: Savepoint, path: string): Promise<BytesView> {
  const nodes = await metadataBytes(savepoint);
  return view(savepoint, path, [
    { title: 'metadata', file: shortName(savepoint, savepoint.location.metadataPath), nodes },
  ]);
}

/** The fields of a state's description in the header of its first stream, or in that of a subtask. */
export async function stateBytesView(
  savepoint: Savepoint,
  path: string,
  state: State,
  subtask?: number,
): Promise<BytesView> {
  const parts = state.parts.filter(({ stream }) => subtask === undefined || stream.subtask === subtask);
  const [first] = parts;
  if (first === undefined) {
    const reason = `subtask ${subtask} holds no ${addressOf(state)}`;
    throw new StatewrightError('USAGE', { kind: '--subtask', reason });
  }
  const { stream, stateId } = first;
  const nodes = await headerBytes(savepoint, stream, stream.states[stateId]);
  const title = `${addressOf(state)} in the header of subtask ${stream.subtask} (of ${state.parts.length} that hold it)`;
  return view(savepoint, path, [{ title, file: shortName(savepoint, placeOf(stream).file), nodes }]);
}

/** The fields of the given entries of a state. */
export async function entryBytesView(
  savepoint: Savepoint,
  path: string,
  entries: readonly StateEntry[],
): Promise<BytesView> {
  const parts: BytesPart[] = [];
  for (const entry of entries) parts.push(await entryPart(savepoint, entry, streamOf(entry)));
  return view(savepoint, path, parts);
}

async function entryPart(savepoint: Savepoint, entry: StateEntry, stream: StateStream): Promise<BytesPart> {
  const nodes = await entryBytes(savepoint, stream, entry);
  return {
    title: `an entry of ${addressOf(entry.state)}`,
    file: shortName(savepoint, entry.span.file),
    nodes,
  };
}

function streamOf(entry: StateEntry): StateStream {
  const parts = entry.state.parts.filter(({ stream }) => stream.subtask === entry.subtask);
  return (parts.find(({ stream }) => placeOf(stream).file === plainFile(entry.span.file)) ?? parts[0])!
    .stream;
}

/** A file by its name within the snapshot's directory. */
function shortName({ location }: Savepoint, file: string): string {
  const directory = `${location.directory}/`;
  return file.startsWith(directory) ? file.slice(directory.length) : file;
}

function plainFile(file: string): string {
  return file.replace(/ \(uncompressed from \d+\)$/, '');
}

function view(savepoint: Savepoint, path: string, parts: readonly BytesPart[]): BytesView {
  return { schemaVersion: 1, view: 'bytes', snapshot: summarize(savepoint, path), parts };
}

/** What lies at a position of a file: of the metadata, of a stream's header, or of an entry; only the way that leads there. */
export async function bytesAt(
  savepoint: Savepoint,
  path: string,
  file: string,
  offset: number,
): Promise<BytesView> {
  const whole = await wholeAt(savepoint, path, file, offset);
  const parts = whole.parts.flatMap((part) => {
    const nodes = along(part.nodes, offset);
    return nodes.length === 0 ? [] : [{ ...part, nodes }];
  });
  if (parts.length > 0) return { ...whole, parts };
  throw notThere(file, offset, 'nothing that is known lies there');
}

async function wholeAt(savepoint: Savepoint, path: string, file: string, offset: number): Promise<BytesView> {
  if (isNamed(savepoint.location.metadataPath, file)) {
    if (offset >= savepoint.metadataBytes)
      throw notThere(file, offset, `the file has ${savepoint.metadataBytes} bytes`);
    return metadataBytesView(savepoint, path);
  }
  const streams = savepoint.operators.flatMap((operator) => operator.streams);
  const stream = streams.find((one) => isNamed(placeOf(one).file, file) && holds(one, offset));
  if (stream === undefined) throw notThere(file, offset, 'no state stream of the snapshot lies there');
  const start = placeOf(stream).start;
  if (offset - start < stream.headerLength) {
    const nodes = await headerBytes(savepoint, stream);
    const title = `header of subtask ${stream.subtask}`;
    return view(savepoint, path, [{ title, file: shortName(savepoint, placeOf(stream).file), nodes }]);
  }
  const states = savepoint.operators.flatMap((operator) => operator.states);
  const own = states.filter(({ parts }) => parts.some((part) => part.stream === stream));
  const entry = await entryAt(savepoint, own, stream, offset);
  return entryBytesView(savepoint, path, entry === undefined ? [] : [entry]);
}

async function entryAt(
  savepoint: Savepoint,
  states: readonly State[],
  stream: StateStream,
  offset: number,
): Promise<StateEntry | undefined> {
  for await (const batch of readEntries(savepoint, states, { streams: [stream] })) {
    const found = batch.find(({ span }) => offset >= span.start && offset < span.end);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A file by its path, or the end of it. */
function isNamed(path: string, name: string): boolean {
  return path === name || path.endsWith(`/${name.replace(/^(?:\.\/)+/, '')}`);
}

function holds(stream: StateStream, offset: number): boolean {
  const { start } = placeOf(stream);
  return offset >= start && offset < start + stream.ref.size;
}

/** The nodes that hold a position, and all that is inside the innermost of them. */
function along(nodes: readonly SpanNode[], offset: number): SpanNode[] {
  return nodes.flatMap((node) => {
    if (offset < node.start || offset >= node.end) return [];
    const inner = along(node.children, offset);
    return [{ ...node, children: inner.length === 0 ? node.children : inner }];
  });
}

function notThere(file: string, offset: number, reason: string): StatewrightError {
  return new StatewrightError('USAGE', {
    kind: '--at',
    reason: `offset ${offset} of "${file}" cannot be shown: ${reason}`,
    next: '`inspect --streams` lists the files',
  });
}
