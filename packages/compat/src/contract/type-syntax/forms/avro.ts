import { isAscii } from 'node:buffer';
import { DataInputView, DataOutputView, StatewrightError } from '@statewright/bytes';
import {
  type AvroSnapshot,
  readSerializerSnapshot,
  type SerializerSnapshot,
  writeSerializerSnapshot,
} from '@statewright/serializers';
import { schemaProblem } from '../../../avro/schema-problems.js';
import { escapeUnprintable, nameText } from '../cursor.js';
import type { TypeForm, TypeParser } from '../form.js';
import { type CompactJson, compactJson, jsonDoc, readJson } from './json-text.js';

const SNAPSHOT = 'org.apache.flink.formats.avro.typeutils.AvroSerializerSnapshot';

/**
 * `avro CLASS {schema}`, `avro CLASS ./file.avsc`: the schema as JSON, here or in a file beside this one. CLASS is the
 * class of the values; when it is left out it is the schema's name.
 */
export const AVRO_FORM: TypeForm = {
  keyword: 'avro',
  classNames: [SNAPSHOT],
  parse(parser) {
    const { cursor } = parser;
    const runtimeType = cursor.name();
    const at = cursor.at;
    const file = cursor.path();
    if (file !== undefined) {
      const json = compactJson(parser.readFile(file, at));
      return avroSnapshot(parser, runtimeType, json, (reason) => cursor.error(at, `${file}: ${reason}`));
    }
    const json = readJson(cursor);
    if (json !== undefined) {
      return avroSnapshot(parser, runtimeType, json, (reason, index) =>
        cursor.error(json.offsets[index] ?? at, reason),
      );
    }
    throw cursor.error(
      at,
      `a schema in braces or a file like ./profile.avsc is expected behind "avro", but ${cursor.shown()}`,
    );
  },
  print(snapshot) {
    const { runtimeType, schemaText, schema } = snapshot as AvroSnapshot;
    if (schemaProblem(schema) !== undefined) return undefined;
    if (!/^[{[]/.test(schemaText) || compactJson(schemaText).text !== schemaText) return undefined;
    const head = runtimeType === undefined ? 'avro ' : `avro ${nameText(runtimeType)} `;
    return [head, jsonDoc(escapeUnprintable(schemaText))];
  },
};

/** The snapshot as Flink 1.12 and later writes it, read back so that its schema is checked, by all that Avro refuses. */
function avroSnapshot(
  parser: TypeParser,
  written: string | undefined,
  { text }: CompactJson,
  failed: (reason: string, index: number) => StatewrightError,
): SerializerSnapshot {
  const output = new DataOutputView();
  const bare = { className: SNAPSHOT, version: 3, nested: [], runtimeType: '', schemaText: text };
  writeSerializerSnapshot(output, bare as unknown as SerializerSnapshot);
  const bytes = output.view();
  let read: AvroSnapshot;
  try {
    read = readSerializerSnapshot(new DataInputView(bytes, '', 0)) as AvroSnapshot;
  } catch (error) {
    if (!(error instanceof StatewrightError)) throw error;
    // The schema ends the bytes, a byte a character.
    const start = isAscii(Buffer.from(text)) ? bytes.length - text.length : Number.POSITIVE_INFINITY;
    throw failed(error.reason, Math.max(0, (error.span?.start ?? 0) - start));
  }
  const { schema } = read;
  const problem = schemaProblem(schema);
  if (problem !== undefined) throw failed(problem.reason, problem.at);
  const runtimeType = written ?? ('name' in schema ? schema.name : undefined);
  return parser.placed<AvroSnapshot>({ ...read, runtimeType });
}
