import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DataInputView, StatewrightError } from '@statewright/bytes';
import { readMetadata, writeMetadata } from '@statewright/savepoint';
import { CORPUS, snapshots } from './corpus.js';

/** Metadata V1 (Flink 1.2): refused, as by Flink from 1.11 on. */
const LEGACY = [
  'operatorstate-complexKeyed-flink1.2',
  'stateful-udf-flink1.2-rocksdb-savepoint',
  'stateful-udf-flink1.2-savepoint',
];

test('every _metadata of the corpus is read and written back byte for byte, but for those of Flink 1.2', () => {
  const refused: string[] = [];
  const entries = snapshots();
  assert.equal(entries.length, 265);
  for (const entry of entries) {
    const bytes = readFileSync(join(CORPUS, entry.metadata));
    try {
      const metadata = readMetadata(new DataInputView(bytes, '_metadata'));
      assert.equal(metadata.version, entry.metadataVersion, entry.id);
      assert.equal(metadata.checkpointId, BigInt(entry.checkpointId), entry.id);
      assert.equal(metadata.operatorStates.length, entry.operators, entry.id);
      const written = writeMetadata(metadata, (span) => bytes.subarray(span.start, span.end));
      assert.ok(bytes.equals(written), `${entry.id} changed when written back`);
    } catch (error) {
      if (!(error instanceof StatewrightError)) throw error;
      assert.equal(error.code, 'LEGACY_FORMAT', entry.id);
      refused.push(entry.id);
    }
  }
  assert.deepEqual(refused.sort(), LEGACY);
});

/** A V3 file of one operator, by hand: checkpoint 7, no master state, operator 00..0f, one subtask. */
function handMade(subtask: string, version = 3): Uint8Array {
  const operator = '000102030405060708090a0b0c0d0e0f 00000002 00000080 00';
  const hex = `4960672d 0000000${version} 0000000000000007 00000000 00000001 ${operator} 00000001 ${subtask}`;
  return Buffer.from(hex.replaceAll(' ', ''), 'hex');
}

function codeOf(bytes: Uint8Array): { code: string; message: string } {
  try {
    readMetadata(new DataInputView(bytes, '_metadata'));
  } catch (error) {
    assert.ok(error instanceof StatewrightError, String(error));
    return { code: error.code, message: error.message };
  }
  return assert.fail('no error');
}

test('a finished subtask is a negative index and survives a rewrite', () => {
  const bytes = handMade('fffffffe');
  const metadata = readMetadata(new DataInputView(bytes, '_metadata'));
  const [subtask] = metadata.operatorStates[0]!.subtaskStates;
  assert.equal(subtask!.finished, true);
  assert.equal(subtask!.subtaskIndex, 1);
  assert.deepEqual(
    writeMetadata(metadata, () => assert.fail()),
    new Uint8Array(bytes),
  );
});

test('an unknown handle type byte is named with its place', () => {
  assert.deepEqual(codeOf(handMade('00000000 00000000 00000000 2a')), {
    code: 'UNKNOWN_HANDLE',
    message:
      'UNKNOWN_HANDLE KeyedStateHandle at _metadata[65..66): type byte 42 is none of 0, 3, 5, 7, 8, 9, 10, 11, 12, 13, 14',
  });
});

test('state of the Checkpointed interface is refused with both numbers', () => {
  const v2 = `4960672d 00000002 0000000000000007 00000000 00000001 ${'00'.repeat(16)} 00000002 00000080 00000001 00000001 00000000 ffffffffffffffff 00000003 ${'00'.repeat(14)}`;
  const { code, message } = codeOf(Buffer.from(v2.replaceAll(' ', ''), 'hex'));
  assert.equal(code, 'LEGACY_FORMAT');
  assert.match(message, /holds 3 states of the Checkpointed interface .* only 0 can be read/);
});

test('a version that is not known names itself and the known ones', () => {
  assert.match(codeOf(handMade('', 7)).message, /^UNSUPPORTED_VERSION .*version 7 is not between 2 and 6$/);
  assert.equal(codeOf(Buffer.from('hello, world, not a savepoint')).code, 'NOT_A_SNAPSHOT');
  assert.equal(codeOf(new Uint8Array(0)).code, 'NOT_A_SNAPSHOT');
});

test('metadata cut at any byte is an error, never a shorter answer', () => {
  const entry = snapshots().find((each) => each.id === 'sql-calc_1--calc-udf-complex')!;
  const bytes = readFileSync(join(CORPUS, entry.metadata));
  const whole = readMetadata(new DataInputView(bytes, '_metadata'));
  for (let length = 0; length < whole.properties!.start; length++) {
    assert.match(codeOf(bytes.subarray(0, length)).code, /^(TRUNCATED|BAD_LENGTH|NOT_A_SNAPSHOT)$/);
  }
});
