import { readFileSync } from 'node:fs';
import { DataInputView, DataOutputView } from '@statewright/bytes';
import {
  type AvroSnapshot,
  type AvroType,
  readSerializerSnapshot,
  type SerializerSnapshot,
  writeSerializerSnapshot,
} from '@statewright/serializers';

/* What the package does not give away: each of Avro's rules alone, so that each can be compared with Avro's answer. */

async function load(module: string): Promise<unknown> {
  return import(new URL(`../../../packages/compat/dist/avro/${module}.js`, import.meta.url).href);
}

export const { checkReaderWriter } = (await load(
  'reader-writer',
)) as typeof import('../../packages/compat/src/avro/reader-writer.js');
export const { schemasEqual } = (await load(
  'schema-equals',
)) as typeof import('../../packages/compat/src/avro/schema-equals.js');
export const { resolveAvro } = (await load(
  'resolve-avro',
)) as typeof import('../../packages/compat/src/avro/resolve-avro.js');
export const { readAvsc } = (await load('avsc')) as typeof import('../../packages/compat/src/avro/avsc.js');

export const GENERIC_RECORD = 'org.apache.avro.generic.GenericRecord';

/** The lines of a fixture, see java/SchemaPairs.java. */
export function linesOf<T>(name: string): readonly T[] {
  const text = readFileSync(new URL(`../../compat/fixtures/${name}`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}

/** A snapshot as Flink 1.12 and later writes it; of version 1, which names no class, with `runtimeType` undefined. */
export function avroSnapshot(
  schemaText: string,
  runtimeType: string | undefined = GENERIC_RECORD,
): AvroSnapshot {
  return snapshotOf(schemaText, runtimeType, 3);
}

/** A snapshot of any version. */
export function snapshotOf(
  schemaText: string,
  runtimeType: string | undefined,
  version: 1 | 2 | 3,
): AvroSnapshot {
  const out = new DataOutputView();
  const className = 'org.apache.flink.formats.avro.typeutils.AvroSerializerSnapshot';
  const bare = { className, version, nested: [], runtimeType, schemaText };
  writeSerializerSnapshot(out, bare as unknown as SerializerSnapshot);
  return readSerializerSnapshot(new DataInputView(out.toBytes(), 'schema')) as AvroSnapshot;
}

export function schemaOf(text: string): AvroType {
  return avroSnapshot(text).schema;
}
