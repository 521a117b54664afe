import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The data that Flink itself publishes, beside the repository. A missing corpus fails the tests. */
const CORPUS = new URL('../../../../shared/fixtures/official/', import.meta.url);

/** An entry of kind `serializer`. */
export interface SerializerEntry {
  readonly id: string;
  readonly kind: string;
  readonly flinkVersion: string;
  readonly files: readonly string[];
  readonly proxyVersion?: number;
  readonly snapshotClass?: string;
  readonly snapshotVersion?: number;
  readonly hasSnapshot: boolean;
  readonly hasData: boolean;
  /** The value in words, where the test that wrote it tells it. */
  readonly value?: string;
  readonly notes: string;
}

/** All serializer entries of the index. */
export function serializerEntries(): SerializerEntry[] {
  const index = JSON.parse(readFileSync(new URL('index.json', CORPUS), 'utf8')) as {
    entries: SerializerEntry[];
  };
  return index.entries.filter((entry) => entry.kind === 'serializer');
}

/** One of an entry's files by the end of its name. */
export function entryFile(entry: SerializerEntry, suffix: 'snapshot' | 'data'): Uint8Array {
  const file = entry.files.find((name) => name.endsWith(suffix));
  if (file === undefined) throw new Error(`${entry.id} has no file ending in ${suffix}`);
  return corpusFile(file);
}

/** A file of the corpus by its path in it. */
export function corpusFile(path: string): Uint8Array {
  return new Uint8Array(readFileSync(fileURLToPath(new URL(path, CORPUS))));
}

/** How many records an entry's data file holds: one, or ten in the files of Flink 1.7 and earlier. */
export function recordCount(entry: SerializerEntry): number {
  return entry.notes === 'one record in test-data' ? 1 : 10;
}
