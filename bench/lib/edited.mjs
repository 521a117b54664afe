import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { openSavepoint } from '@statewright/savepoint';
import { fromRoot, ROOT } from '../../scripts/lib/paths.mjs';
import { CACHE } from './savepoint.mjs';

/**
 * Two copies of a savepoint: one as it is, and one in which each key group has one value that is another one, so that no
 * key group is the same. Made once for a large savepoint.
 */
export async function copies(savepoint, quick) {
  mkdirSync(CACHE, { recursive: true });
  const name = path.basename(savepoint.path);
  const made = { same: path.join(CACHE, `${name}-copy`), edited: path.join(CACHE, `${name}-edited`) };
  for (const [kind, target] of Object.entries(made)) {
    if (quick) rmSync(target, { recursive: true, force: true });
    if (existsSync(target)) continue;
    const unfinished = `${target}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    cpSync(path.join(ROOT, savepoint.path), unfinished, { recursive: true });
    if (kind === 'edited') await edit(unfinished);
    renameSync(unfinished, target);
  }
  return { same: fromRoot(made.same), edited: fromRoot(made.edited) };
}

async function edit(directory) {
  const { operators } = await openSavepoint(directory);
  for (const stream of operators.flatMap(({ streams }) => streams)) {
    if (stream.format !== 'canonical' || stream.compressed || stream.ref.kind !== 'file') continue;
    const file = openSync(stream.ref.path, 'r+');
    for (const offset of stream.keyGroupOffsets) if (offset > 0) editFirst(file, stream.ref.start + offset);
    closeSync(file);
  }
}

/** `i16` state id, `i32` key length, key, `i32` value length, value: its last byte becomes another one. */
function editFirst(file, at) {
  const head = Buffer.alloc(4);
  readSync(file, head, 0, 4, at + 2);
  const value = at + 6 + head.readInt32BE(0);
  readSync(file, head, 0, 4, value);
  const last = value + 3 + head.readInt32BE(0);
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, last);
  byte[0] ^= 1;
  writeSync(file, byte, 0, 1, last);
}
