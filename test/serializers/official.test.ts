import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { DataInputView, DataOutputView, StatewrightError } from '@statewright/bytes';
import {
  type Codec,
  compileCodec,
  describeSerializer,
  Opaque,
  readSerializerSnapshot,
  type SerializerSnapshot,
  toJson,
  toTypedJson,
  traceValue,
  writeSerializerSnapshot,
} from '@statewright/serializers';
import { entryFile, recordCount, type SerializerEntry, serializerEntries } from './corpus.js';
import { mismatch } from './match-recorded.js';
import { parseRecorded } from './recorded-value.js';

interface KnownException {
  readonly id: string;
  readonly reason: string;
}

const KNOWN = new Map(
  (
    JSON.parse(
      readFileSync(new URL('../../serializers/known-exceptions.json', import.meta.url), 'utf8'),
    ) as KnownException[]
  ).map(({ id, reason }) => [id, reason]),
);
const ENTRIES = serializerEntries();

describe('serializer snapshots and data that Flink publishes', () => {
  test('are all there', () => {
    assert.equal(ENTRIES.length, 1313);
    const ids = new Set(ENTRIES.map((entry) => entry.id));
    assert.deepEqual(
      [...KNOWN.keys()].filter((id) => !ids.has(id)),
      [],
    );
  });

  for (const entry of ENTRIES) {
    const reason = KNOWN.get(entry.id);
    if (reason === undefined) test(entry.id, () => check(entry));
    else test(`${entry.id} is described: ${reason}`, () => checkDescribed(entry, reason));
  }
});

/** The snapshot to its last byte and back; the data to their last byte, back, and equal to the recorded value. */
function check(entry: SerializerEntry): void {
  const bytes = entryFile(entry, 'snapshot');
  const input = new DataInputView(bytes, entry.id);
  const snapshot = readSerializerSnapshot(input);
  input.expectEnd('serializer snapshot');
  assert.equal(snapshot.className, entry.snapshotClass);
  assert.equal(snapshot.version, entry.snapshotVersion);
  const output = new DataOutputView();
  writeSerializerSnapshot(output, snapshot);
  assert.deepEqual(output.toBytes(), bytes);
  const type = describeSerializer(snapshot);
  assert.deepEqual(JSON.parse(JSON.stringify(type)), type);
  if (entry.hasData) checkData(entry, snapshot);
}

function checkData(entry: SerializerEntry, snapshot: SerializerSnapshot): void {
  const bytes = entryFile(entry, 'data');
  const codec = compileCodec(snapshot);
  const values = readAll(entry, codec, bytes);
  const output = new DataOutputView();
  for (const value of values) codec.write(output, value);
  assert.deepEqual(output.toBytes(), bytes);
  checkSkip(entry, codec, bytes, values.length);
  const span = traceValue(snapshot, new DataInputView(bytes, entry.id));
  assert.equal(span.start, 0);
  if (values.length === 1) assert.equal(span.end, bytes.length);
  for (const value of values) {
    JSON.parse(toJson(value));
    JSON.parse(toTypedJson(value, snapshot));
  }
  if (entry.value !== undefined) assert.equal(mismatch(parseRecorded(entry.value), values[0]), undefined);
}

/** A value of unknown length takes the whole file, however many records it holds. */
function readAll(entry: SerializerEntry, codec: Codec, bytes: Uint8Array): unknown[] {
  const input = new DataInputView(bytes, entry.id);
  const values: unknown[] = [];
  do values.push(codec.read(input));
  while (input.pos < input.limit);
  const expected = codec.delimited && codec.length !== 0 ? recordCount(entry) : 1;
  assert.equal(values.length, expected);
  if (!codec.delimited && values[0] instanceof Opaque) assert.equal(values[0].bytes.length, bytes.length);
  return values;
}

function checkSkip(entry: SerializerEntry, codec: Codec, bytes: Uint8Array, count: number): void {
  const input = new DataInputView(bytes, entry.id);
  for (let i = 0; i < count; i++) codec.skip(input);
  input.expectEnd('skipped data');
}

/** What cannot be read is refused with its name, never read in part; a listed entry that can be read must be unlisted. */
function checkDescribed(entry: SerializerEntry, reason: string): void {
  if (reason.startsWith('data without')) {
    assert.equal(entry.hasSnapshot, false);
    return;
  }
  assert.throws(
    () => readSerializerSnapshot(new DataInputView(entryFile(entry, 'snapshot'), entry.id)),
    (error) =>
      error instanceof StatewrightError &&
      error.code === 'LEGACY_FORMAT' &&
      error.span?.file === entry.id &&
      error.reason.includes(reason.split(' ').at(-1)!),
  );
}
