import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DataInputView, StatewrightError } from '@statewright/bytes';
import { type JobSchema, jobSchemaOf } from '@statewright/compat';
import { openSavepoint } from '@statewright/savepoint';
import { type KryoSnapshot, readSerializerSnapshot, type SerializerSnapshot } from '@statewright/serializers';
import { CORPUS, FIXTURES, snapshots } from '../savepoint/corpus.js';
import { entryFile, serializerEntries } from '../serializers/corpus.js';

/** A snapshot of the corpus or the fixtures, and what job it is of. */
export interface NamedSchema {
  readonly name: string;
  readonly schema: JobSchema;
}

/** Every savepoint and checkpoint that opens: Flink's own and those of the generator's jobs. */
export async function schemas(): Promise<NamedSchema[]> {
  const official = snapshots().map(({ id, metadata }) => ({ name: id, path: join(CORPUS, metadata) }));
  const ours = readdirSync(FIXTURES).map((name) => ({ name, path: join(FIXTURES, name) }));
  const found: NamedSchema[] = [];
  for (const { name, path } of [...official, ...ours]) {
    try {
      found.push({ name, schema: jobSchemaOf(await openSavepoint(path, { relocate: true }), path) });
    } catch (error) {
      if (!(error instanceof StatewrightError)) throw error;
    }
  }
  return found;
}

/** Every serializer snapshot of Flink's upgrade tests that can be read. */
export function serializerSnapshots(): { readonly name: string; readonly snapshot: SerializerSnapshot }[] {
  return serializerEntries()
    .filter(({ hasSnapshot, files }) => hasSnapshot && files.some((file) => file.endsWith('snapshot')))
    .flatMap((entry) => {
      try {
        const input = new DataInputView(entryFile(entry, 'snapshot'), entry.id, 0);
        return [{ name: entry.id, snapshot: readSerializerSnapshot(input) }];
      } catch (error) {
        if (!(error instanceof StatewrightError)) throw error;
        return [];
      }
    });
}

/** In which form a release writes a snapshot, where it lies, and Java objects that say again what `types` says. */
const NOT_THE_TYPE: ReadonlySet<string> = new Set([
  'span',
  'version',
  'outerVersion',
  'serializerClass',
  'typeBytes',
  'objects',
  'frame',
  'unreadable',
  'schema',
]);

/**
 * A snapshot as a comparable tree of what the type is. Of the object that flink-avro registers with Kryo for Avro's arrays
 * only that it is one counts: its Java bytes are another in each release, and nothing compares them.
 */
export function comparable(value: unknown): unknown {
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`;
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .filter(([key]) => !NOT_THE_TYPE.has(key))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, comparable(key === 'registrations' ? withoutAvroBytes(inner) : inner)]);
}

function withoutAvroBytes(registrations: KryoSnapshot['registrations']): unknown {
  return registrations.map((one) =>
    one.name === 'org.apache.avro.generic.GenericData$Array' && one.value?.kind === 'instance'
      ? { ...one, value: { ...one.value, instance: undefined } }
      : one,
  );
}
