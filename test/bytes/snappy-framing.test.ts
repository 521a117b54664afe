import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  DataInputView,
  DataOutputView,
  type ErrorCode,
  readSnappyBlock,
  readSnappyChunk,
  SnappyFramedDecoder,
  SnappyFramedEncoder,
  StatewrightError,
} from '@statewright/bytes';
import fc from '../property.js';

/** Written by snappy-java, see java/SnappyFixtures.java: two framed streams of 100000 bytes each. */
const path = fileURLToPath(new URL('../../bytes/fixtures/snappy-framed.bin', import.meta.url));
const framed = new Uint8Array(readFileSync(path));

/** The bytes that the Java program makes. */
function content(): Uint8Array {
  const bytes = new Uint8Array(200_000);
  let seed = 12345;
  for (let i = 0; i < bytes.length; i++) {
    seed = (Math.imul(seed, 1103515245) + 12345) | 0;
    bytes[i] = i < 120_000 ? `merchant-${1000 + Math.floor(i / 40)}`.charCodeAt(i % 13) : seed >>> 16;
  }
  return bytes;
}

function decode(bytes: Uint8Array, pieceSize: number): Uint8Array {
  const decoder = new SnappyFramedDecoder('state', 1000);
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += pieceSize) {
    blocks.push(...decoder.push(bytes.subarray(at, at + pieceSize)));
  }
  decoder.end();
  return new Uint8Array(Buffer.concat(blocks));
}

function encode(...parts: Uint8Array[]): Uint8Array {
  const out = new DataOutputView();
  const encoder = new SnappyFramedEncoder(out);
  for (const part of parts) encoder.write(part);
  encoder.end();
  return out.toBytes();
}

function refused(code: ErrorCode, start?: number): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof StatewrightError, String(error));
    assert.equal(error.code, code, error.message);
    assert.equal(error.span?.file, 'state');
    if (start !== undefined) assert.equal(error.span?.start, start);
    return true;
  };
}

describe('snappy framing', () => {
  it('reads what snappy-java wrote, with a stream identifier in the middle, in pieces of any size', () => {
    for (const size of [1, 7, 4096, 65536, framed.length]) assert.deepEqual(decode(framed, size), content());
  });

  it('skips a skippable chunk and refuses a reserved one', () => {
    const skippable = Uint8Array.of(0x80, 2, 0, 0, 9, 9);
    const id = framed.subarray(0, 10);
    assert.deepEqual(decode(new Uint8Array(Buffer.concat([id, skippable, framed])), 100), content());
    const reserved = new Uint8Array(Buffer.concat([id, Uint8Array.of(0x02, 1, 0, 0, 0)]));
    assert.throws(() => decode(reserved, 100), refused('BAD_VALUE', 1010));
  });

  it('finds every flipped byte of data by its checksum or its length', () => {
    const first = 14 + 4 + framed[11]! + (framed[12]! << 8) + (framed[13]! << 16);
    for (let at = 0; at < first; at += 1) {
      const broken = framed.slice();
      broken[at]! ^= 0x10;
      if (at === 10 && broken[at]! >= 0x80) continue;
      assert.throws(
        () => decode(broken, broken.length),
        (error: unknown) => error instanceof StatewrightError,
        `byte ${at}`,
      );
    }
    const data = framed.slice();
    data[14]! ^= 1;
    assert.throws(() => decode(data, 100), refused('BAD_CHECKSUM', 1014));
  });

  it('reports a stream that ends inside a chunk, and one that is not framed', () => {
    assert.throws(() => decode(framed.subarray(0, framed.length - 1), 4096), refused('TRUNCATED'));
    assert.throws(() => decode(framed.subarray(10), 4096), refused('BAD_MAGIC', 1000));
    assert.throws(
      () => readSnappyChunk(new DataInputView(framed.subarray(10, 50), 'state')),
      refused('TRUNCATED', 0),
    );
  });

  it('refuses a length of 4 GB without allocating it', () => {
    const block = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0f, 0);
    assert.throws(() => readSnappyBlock(new DataInputView(block, 'state'), 65536), refused('BAD_LENGTH'));
    const chunk = Uint8Array.of(0, 0xff, 0xff, 0xff, 0, 0);
    assert.throws(() => readSnappyChunk(new DataInputView(chunk, 'state')), refused('BAD_LENGTH', 0));
  });

  it('refuses copies from before the start, of offset 0 and beyond the end', () => {
    for (const elements of [
      [4, 0x0c, 1, 2, 3, 4, 0x01, 5],
      [8, 0x0c, 1, 2, 3, 4, 0x01, 0],
      [6, 0x0c, 1, 2, 3, 4, 0x01, 4],
      [9, 0x0c, 1, 2, 3, 4, 0x01, 4],
      [8, 0x0c, 1, 2, 3, 4, 0x02],
      [4, 0xfc, 0xff, 0xff, 0xff, 0xff, 1],
    ]) {
      assert.throws(
        () => readSnappyBlock(new DataInputView(Uint8Array.from(elements), 'state'), 99),
        refused('BAD_VALUE'),
      );
    }
  });

  it('gives back what it was given, for any bytes in any parts', () => {
    assert.deepEqual(decode(encode(content()), 4096), content());
    const part = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .tuple(fc.uint8Array({ minLength: 1, maxLength: 9 }), fc.integer({ min: 1, max: 30_000 }))
        .map(([bytes, n]) => Uint8Array.from({ length: n }, (_, i) => bytes[i % bytes.length]!)),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        assert.deepEqual(Buffer.from(decode(encode(...parts), 5000)), Buffer.concat(parts));
      }),
      { numRuns: 100 },
    );
  });
});
