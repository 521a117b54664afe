import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { LocalFileSystem } from '@statewright/bytes';

const PIECE = 1024 * 1024;
/** Enough for several syncs on the way. */
const PIECES = 40;

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'statewright-writer-'));
  try {
    await run(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('a file that is synced on the way holds all that was written', async () => {
  await inFolder(async (folder) => {
    const file = path.join(folder, 'large');
    const writer = await new LocalFileSystem().createWrite(file);
    for (let i = 0; i < PIECES; i++) await writer.write(new Uint8Array(PIECE).fill(i));
    await writer.commit();
    const bytes = await readFile(file);
    assert.equal(bytes.length, PIECES * PIECE);
    for (let i = 0; i < PIECES; i++) {
      const piece = bytes.subarray(i * PIECE, (i + 1) * PIECE);
      assert.ok(piece.equals(Buffer.alloc(PIECE, i)), `piece ${i}`);
    }
  });
});

test('a file that is given up while it is synced leaves nothing', async () => {
  await inFolder(async (folder) => {
    const writer = await new LocalFileSystem().createWrite(path.join(folder, 'large'));
    await writer.write(new Uint8Array(17 * PIECE));
    await writer.abort();
    assert.deepEqual(await readdir(folder), []);
  });
});
