import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { StatewrightError } from '@statewright/bytes';
import type { AvroSnapshot } from '@statewright/serializers';
import {
  avroSnapshot,
  GENERIC_RECORD,
  linesOf,
  readAvsc,
  resolveAvro,
  schemasEqual,
} from './avro-internals.js';

/** What `Schema.Parser` of Avro 1.11.4 says of a schema, see test/avro/java/SchemaPairs.java. */
interface Parsed {
  readonly schema: string;
  /** `Schema#toString`. */
  readonly text?: string;
  readonly throws?: string;
  readonly message?: string;
}

const SCHEMAS = linesOf<Parsed>('avro-schemas-1.11.4.ndjson');
const TARGET = { version: { major: 2, minor: 3 }, sourceVersion: undefined, backend: 'rocksdb' } as const;

function problemOf(text: string): string {
  try {
    readAvsc('profile.avsc', text);
  } catch (error) {
    assert.ok(error instanceof StatewrightError, String(error));
    assert.equal(error.code, 'BAD_DOCUMENT');
    return error.message;
  }
  return '';
}

describe('an .avsc', () => {
  it(`is refused where Avro refuses it, among ${SCHEMAS.length} schemas, and else means the same`, () => {
    for (const { schema, text, message } of SCHEMAS) {
      const problem = problemOf(schema);
      if (text === undefined) assert.notEqual(problem, '', `${schema}: ${message}`);
      else {
        assert.equal(problem, '', schema);
        assert.ok(schemasEqual(readAvsc('a', schema).schema, avroSnapshot(text).schema), schema);
      }
    }
  });

  it('is refused with line and column', () => {
    const at = (text: string) =>
      /^BAD_DOCUMENT at profile\.avsc:(\d+:\d+): (.*);/.exec(problemOf(text))?.slice(1);
    assert.deepEqual(at('{\n  "type": "record",\n  "name" "R"\n}'), [
      '3:10',
      'the schema is not JSON: "\\"" stands where ":" should be',
    ]);
    assert.deepEqual(at('{"type": "record", "name": "R", "fields": [\n  {"name": "a", "type": "strin"}]}'), [
      '2:25',
      'the type "strin" is not defined',
    ]);
    assert.deepEqual(
      at(
        '\ufeff\n{"type": "record", "name": "R\u00e9\u4e16", "doc": "\u4e16", "fields": [\n {"name": "a", "type": "int", "default": "x"}]}',
      ),
      ['3:2', 'the default of the field a is no value of int'],
    );
    assert.deepEqual(at('{"doc": "\u4e16\u00e9",\n "type": "\u4e16"}')?.[0], '1:1');
    assert.deepEqual(at('["int",\n "\u4e16", "nope"]')?.[0], '2:2');
    assert.deepEqual(at('  ')?.[1], 'the schema is empty');
  });

  const OLD =
    '{"type":"record","name":"Profile","namespace":"com.acme","fields":[{"name":"name","type":{"type":"string","avro.java.string":"String"}},{"name":"tags","type":{"type":"map","values":"int","avro.java.string":"String"}}]}';
  const AVSC = `// kept by hand
{
  "type": "record", "name": "Profile", "namespace": "com.acme",
  "fields": [
    {"name": "name", "type": "string"},
    {"name": "tags", "type": {"type": "map", "values": "int"}}
  ]
}
`;

  it('has the class and the strings of the snapshot that it is compared with', () => {
    const old = avroSnapshot(OLD, 'com.acme.Profile');
    const now = readAvsc('profile.avsc', AVSC, old);
    assert.equal(now.runtimeType, 'com.acme.Profile');
    assert.equal(resolveAvro(old, now, TARGET).verdict, 'AS_IS');
    assert.deepEqual(resolveAvro(old, now, TARGET).notes, []);
    const added = AVSC.replace(
      ' "type": "string"}',
      ' "type": "string"}, {"name": "mail", "type": ["null", "string"], "default": null}',
    );
    const resolution = resolveAvro(old, readAvsc('profile.avsc', added, old), TARGET);
    assert.equal(resolution.verdict, 'AFTER_MIGRATION');
    assert.equal(resolution.readable, 'yes');
    assert.deepEqual(
      resolution.notes.map(({ code, path }) => [code, path]),
      [['avro-schema-changed', ['field mail']]],
    );
  });

  it('is of generic records where nothing says otherwise, and then its strings are as written', () => {
    assert.equal(readAvsc('profile.avsc', AVSC).runtimeType, GENERIC_RECORD);
    const old = avroSnapshot(OLD);
    assert.equal(resolveAvro(old, readAvsc('profile.avsc', AVSC, old), TARGET).verdict, 'AFTER_MIGRATION');
  });

  it('does not take strings that are of two kinds for those of the other side', () => {
    const mixed = OLD.replace(
      '"values":"int","avro.java.string":"String"',
      '"values":"int","avro.java.string":"Utf8"',
    );
    const old = avroSnapshot(mixed, 'com.acme.Profile');
    const now: AvroSnapshot = readAvsc('profile.avsc', AVSC, old);
    assert.equal(resolveAvro(old, now, TARGET).verdict, 'AFTER_MIGRATION');
  });
});
