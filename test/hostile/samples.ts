import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DataInputView } from '@statewright/bytes';
import { readMetadata, writeMetadata } from '@statewright/savepoint';

const here = dirname(fileURLToPath(import.meta.url));

/** The official test data, beside the repository. A missing corpus fails the test that needs it. */
export const CORPUS = resolve(here, '../../../../shared/fixtures/official');
/** Snapshots of the generator's jobs. */
export const FIXTURES = resolve(here, '../../../fixtures/savepoints');

/** Where a sample lies in memory. */
export const ROOT = '/snapshot';

/** A snapshot in memory, under `/snapshot`. */
export interface Sample {
  readonly name: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** A snapshot of ours. */
export function fixture(name: string): Sample {
  return sample(name, join(FIXTURES, name));
}

/** A line of the entries that real Flink reads from one of our snapshots. */
export interface ExpectedEntry {
  readonly uid: string;
  readonly state: string;
  readonly key: unknown;
  readonly value: unknown;
}

/** What real Flink reads from one of our snapshots. */
export function expectedEntries(name: string): ExpectedEntry[] {
  const lines = readFileSync(join(FIXTURES, name, 'expect.entries.ndjson'), 'utf8')
    .trimEnd()
    .split('\n');
  return lines.map((line) => JSON.parse(line) as ExpectedEntry);
}

/** A snapshot of the official corpus. */
export function official(name: string): Sample {
  const { path } = indexEntry(name);
  return sample(name, join(CORPUS, path));
}

interface IndexEntry {
  readonly id: string;
  readonly kind: string;
  readonly path: string;
  readonly files?: readonly string[];
  readonly hasSnapshot?: boolean;
  readonly hasData?: boolean;
}

let index: readonly IndexEntry[] | undefined;

function indexEntries(): readonly IndexEntry[] {
  index ??= (
    JSON.parse(readFileSync(join(CORPUS, 'index.json'), 'utf8')) as { entries: readonly IndexEntry[] }
  ).entries;
  return index;
}

function indexEntry(id: string): IndexEntry {
  const entry = indexEntries().find((each) => each.id === id);
  if (entry === undefined) throw new Error(`the corpus has no ${id}`);
  return entry;
}

/** A serializer of the corpus: its snapshot and, when there are, values. */
export interface SerializerSample {
  readonly name: string;
  readonly snapshot: Uint8Array;
  readonly data: Uint8Array;
}

/** All serializers of the corpus that have a snapshot and values. */
export function serializerSamples(): SerializerSample[] {
  return indexEntries()
    .filter(({ kind, hasSnapshot, hasData }) => kind === 'serializer' && hasSnapshot && hasData)
    .map(({ id, files = [] }) => ({
      name: id,
      snapshot: read(join(CORPUS, files.find((file) => file.endsWith('snapshot'))!)),
      data: read(join(CORPUS, files.find((file) => file.endsWith('data'))!)),
    }));
}

const NO_STATE = /^expect\.|^notes/;

function sample(name: string, directory: string): Sample {
  const files = new Map<string, Uint8Array>();
  const add = (from: string, to: string): void => {
    for (const entry of readdirSync(from, { withFileTypes: true })) {
      const [source, target] = [join(from, entry.name), `${to}/${entry.name}`];
      if (entry.isDirectory()) add(source, target);
      else if (!NO_STATE.test(entry.name)) files.set(target, read(source));
    }
  };
  add(directory, ROOT);
  return { name, files };
}

function read(path: string): Uint8Array {
  return new Uint8Array(readFileSync(path));
}

/** A sample with other bytes in one of its files. */
export function withFile(
  { files }: Sample,
  path: string,
  bytes: Uint8Array,
): ReadonlyMap<string, Uint8Array> {
  return new Map(files).set(path, bytes);
}

/** Of a sample only the first subtask of one operator, and the files that it leads to. */
export function slice({ name, files }: Sample, uid: string): Sample {
  const path = `${ROOT}/_metadata`;
  const bytes = files.get(path)!;
  const metadata = readMetadata(new DataInputView(bytes, path));
  const kept = metadata.operatorStates.find(({ operatorUid }) => operatorUid === uid);
  if (kept === undefined) throw new Error(`${name} has no operator ${uid}`);
  const subtaskStates = [kept.subtaskStates[0]!];
  const written = writeMetadata(
    { ...metadata, operatorStates: [{ ...kept, subtaskStates }] },
    ({ start, end }) => bytes.subarray(start, end),
  );
  const text = Buffer.from(written).toString('latin1');
  const named = [...files].filter(([file]) => text.includes(file.slice(file.lastIndexOf('/') + 1)));
  return { name: `${name} ${uid}`, files: new Map([...named, [path, written]]) };
}
