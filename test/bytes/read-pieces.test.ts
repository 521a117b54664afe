import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { type FileSystem, LocalFileSystem, readPieces } from '@statewright/bytes';

const MEGABYTE = 1 << 20;
const dir = mkdtempSync(join(tmpdir(), 'statewright-pieces-'));
const fs = new LocalFileSystem();
after(() => {
  fs.close();
  rmSync(dir, { recursive: true });
});

/** No two megabytes of it are alike. */
const BYTES = Buffer.from(Uint32Array.from({ length: (3.5 * MEGABYTE) / 4 }, (_, i) => i).buffer);
const PATH = join(dir, 'file');
writeFileSync(PATH, BYTES);

/** All pieces, each looked at only after the reader has had time to read on. */
async function together(files: Pick<FileSystem, 'readRange'>, start: number, end: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of readPieces(files, PATH, start, end)) {
    await fs.readRange(PATH, 0, BYTES.length);
    pieces.push(Buffer.from(piece));
  }
  return Buffer.concat(pieces);
}

describe('a file in pieces', () => {
  for (const [start, end] of [
    [0, BYTES.length],
    [5, 3 * MEGABYTE + 5],
    [7, 8],
    [9, 9],
  ] as const) {
    it(`is bytes ${start} to ${end}, and reading on changes no piece that is used`, async () => {
      const wanted = BYTES.subarray(start, end);
      assert.ok(wanted.equals(await together(fs, start, end)));
      // A file system that does not take the memory it is offered.
      const own = { readRange: (path: string, from: number, to: number) => fs.readRange(path, from, to) };
      assert.ok(wanted.equals(await together(own, start, end)));
    });
  }

  it('takes the memory of two pieces, however long the file is', async () => {
    const memories = new Set<ArrayBufferLike>();
    for await (const piece of readPieces(fs, PATH, 0, BYTES.length)) memories.add(piece.buffer);
    assert.equal(memories.size, 2);
  });

  it('fails where a piece cannot be read, not before', async () => {
    let seen = 0;
    const reading = async () => {
      for await (const piece of readPieces(fs, PATH, MEGABYTE, BYTES.length + 1)) seen += piece.length;
    };
    await assert.rejects(reading(), { code: 'TRUNCATED' });
    assert.equal(seen, 2 * MEGABYTE);
  });
});
