import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { DataInputView, DataOutputView } from '@statewright/bytes';
import { compileCodec, readSerializerSnapshot } from '@statewright/serializers';
import { kafkaConsumer } from './entries-internals.js';

/* What Flink 1.20 writes of the state of a FlinkKafkaConsumer: see java/KafkaConsumerState.java. */

const FIXTURE = resolve(
  dirname(fileURLToPath(import.meta.url)),
  '../../../test/migrate/fixtures/kafka-consumer-flink1.20.hex',
);
const [head, ...elements] = readFileSync(FIXTURE, 'utf8')
  .trim()
  .split('\n')
  .map((line) => new Uint8Array(Buffer.from(line, 'hex')));
const snapshot = readSerializerSnapshot(new DataInputView(head!));
const codec = compileCodec(snapshot);
const read = kafkaConsumer(snapshot)!;

describe('the state of a FlinkKafkaConsumer', () => {
  test('is what five elements were written of', () => assert.equal(elements.length, 5));

  test('tells partitions and the offsets that were read last', () => {
    const found = elements.map((bytes) => read(codec.read(new DataInputView(bytes))));
    assert.deepEqual(
      found.map((one) => [one?.id, one?.lastOffset]),
      [
        ['orders-0', 41n],
        ['orders-1', 0n],
        ['zahlungen-ü-12', (1n << 63n) - 1n],
        ['-2147483647', -915_623_761_775n],
        ['a-3', 1n << 40n],
      ],
    );
  });

  test('keeps all but the offset', () => {
    for (const bytes of elements) {
      const output = new DataOutputView();
      codec.write(output, read(codec.read(new DataInputView(bytes)))!.withLast(0x0102030405060708n));
      const expected = Buffer.concat([bytes.subarray(0, -8), Buffer.from('0102030405060708', 'hex')]);
      assert.deepEqual(Buffer.from(output.toBytes()), expected);
    }
  });

  test('bytes that are none are none', () => {
    for (const bytes of elements) {
      for (let end = 0; end < bytes.length; end++) {
        assert.equal(read(codec.read(new DataInputView(bytes.subarray(0, end)))), undefined, `${end} bytes`);
      }
      for (let at = 0; at < bytes.length - 8; at++) {
        const flipped = bytes.slice();
        flipped[at]! ^= 0x15;
        const found = read(codec.read(new DataInputView(flipped)));
        assert.equal(found, undefined, `byte ${at}`);
      }
    }
  });
});
