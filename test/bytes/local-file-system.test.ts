import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type ErrorCode, LocalFileSystem, StatewrightError } from '@statewright/bytes';

let dir = '';
const fs = new LocalFileSystem({ openFiles: 2 });

before(() => {
  dir = mkdtempSync(join(tmpdir(), 'statewright-fs-'));
});
after(() => {
  fs.close();
  rmSync(dir, { recursive: true });
});

function file(name: string, bytes: Uint8Array | string): string {
  const path = join(dir, name);
  writeFileSync(path, bytes);
  return path;
}

function code(expected: ErrorCode, path: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof StatewrightError, String(error));
    assert.equal(error.code, expected);
    assert.equal(error.span?.file, path);
    return true;
  };
}

describe('LocalFileSystem reads', () => {
  it('gives exactly the bytes of a range', async () => {
    const path = file('abc', 'abcdefgh');
    assert.equal(Buffer.from(await fs.readRange(path, 2, 5)).toString(), 'cde');
    assert.equal(Buffer.from(fs.readRangeSync(path, 0, 8)).toString(), 'abcdefgh');
    assert.equal((await fs.readRange(path, 8, 8)).length, 0);
  });

  it('reads many files at once although only two stay open', async () => {
    const paths = Array.from({ length: 40 }, (_, i) => file(`many-${i}`, `content ${i}`));
    const read = await Promise.all(paths.map((path, i) => fs.readRange(path, 8, 8 + `${i}`.length)));
    assert.deepEqual(
      read.map((bytes) => Buffer.from(bytes).toString()),
      paths.map((_, i) => `${i}`),
    );
  });

  it('tells both numbers when a file is too short, without allocating what was asked for', async () => {
    const path = file('short', 'abc');
    await assert.rejects(fs.readRange(path, 1, 2 ** 50), (error: unknown) => {
      assert.ok(code('TRUNCATED', path)(error));
      assert.equal(
        (error as StatewrightError).reason,
        `bytes up to ${2 ** 50} are needed but the file ends at 3`,
      );
      return true;
    });
    assert.throws(() => fs.readRangeSync(path, 2, 1), code('BAD_LENGTH', path));
    assert.throws(() => fs.readRangeSync(path, -1, 1), code('BAD_LENGTH', path));
  });

  it('sees a file that has grown', async () => {
    const path = file('grows', 'abc');
    await fs.readRange(path, 0, 3);
    writeFileSync(path, 'abcdef');
    assert.equal(Buffer.from(await fs.readRange(path, 3, 6)).toString(), 'def');
  });

  it('names what is missing or not a file', async () => {
    const missing = join(dir, 'missing');
    await assert.rejects(fs.readRange(missing, 0, 1), code('FILE_NOT_FOUND', missing));
    await assert.rejects(fs.list(missing), code('FILE_NOT_FOUND', missing));
    await assert.rejects(fs.delete(missing), code('FILE_NOT_FOUND', missing));
    await assert.rejects(fs.readRange(dir, 0, 1), code('IO_FAILED', dir));
    const below = join(file('plain', 'x'), 'below');
    await assert.rejects(fs.readRange(below, 0, 1), code('FILE_NOT_FOUND', below));
    const zero = `${dir}/a\0b`;
    await assert.rejects(fs.readRange(zero, 0, 1), code('IO_FAILED', zero));
  });

  it('does not hang on a named pipe or read a device', async () => {
    const pipe = join(dir, 'pipe');
    execFileSync('mkfifo', [pipe]);
    await assert.rejects(fs.readRange(pipe, 0, 1), code('IO_FAILED', pipe));
    await assert.rejects(fs.readRange('/dev/zero', 0, 1), code('IO_FAILED', '/dev/zero'));
  });

  it('reports a loop of links instead of following it', async () => {
    const loop = join(dir, 'loop');
    symlinkSync(loop, loop);
    await assert.rejects(fs.readRange(loop, 0, 1), code('IO_FAILED', loop));
  });

  it('stats files, directories and nothing', async () => {
    const path = file('stat', 'abcd');
    assert.equal((await fs.stat(path))?.size, 4);
    assert.equal((await fs.stat(path))?.kind, 'file');
    assert.equal((await fs.stat(dir))?.kind, 'directory');
    assert.equal(await fs.stat(join(dir, 'none')), undefined);
    assert.equal(await fs.stat(join(path, 'none')), undefined);
  });
});

describe('LocalFileSystem writes', () => {
  it('shows nothing under the name until commit, and leaves no other file', async () => {
    const target = join(dir, 'out', 'deep', '_metadata');
    const writer = await fs.createWrite(target);
    await writer.write(Buffer.from('one '));
    await writer.write(Buffer.from('two'));
    assert.equal(await fs.stat(target), undefined);
    await writer.commit();
    assert.equal(readFileSync(target, 'utf8'), 'one two');
    assert.deepEqual(readdirSync(join(dir, 'out', 'deep')), ['_metadata']);
  });

  it('never overwrites', async () => {
    const target = file('taken', 'old');
    const writer = await fs.createWrite(target);
    await writer.write(Buffer.from('new'));
    await assert.rejects(writer.commit(), code('ALREADY_EXISTS', target));
    assert.equal(readFileSync(target, 'utf8'), 'old');
    assert.deepEqual(
      readdirSync(dir).filter((name) => name.includes('.tmp')),
      [],
    );
  });

  it('leaves nothing behind after abort', async () => {
    const target = join(dir, 'aborted', 'file');
    const writer = await fs.createWrite(target);
    await writer.write(Buffer.from('half'));
    await writer.abort();
    assert.deepEqual(readdirSync(join(dir, 'aborted')), []);
  });

  it('deletes files and empty directories only', async () => {
    const directory = join(dir, 'full');
    mkdirSync(directory);
    const path = file('full/x', 'x');
    await assert.rejects(fs.delete(directory), code('IO_FAILED', directory));
    await fs.delete(path);
    await fs.delete(directory);
    assert.equal(await fs.stat(directory), undefined);
  });
});

describe('LocalFileSystem without permission', () => {
  it('reports ACCESS_DENIED', async () => {
    const locked = join(dir, 'locked');
    mkdirSync(locked);
    const path = file('locked/file', 'secret');
    chmodSync(locked, 0);
    try {
      if (process.getuid?.() === 0) {
        // root passes every permission check, so let a user without rights look
        const script =
          "import('@statewright/bytes').then(async ({LocalFileSystem}) => { process.setgid(65534); process.setuid(65534);" +
          `try { await new LocalFileSystem().readRange(${JSON.stringify(path)}, 0, 1); } catch (e) { console.log(e.code, e.span.file); } })`;
        const said = execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' });
        assert.equal(said.trim(), `ACCESS_DENIED ${path}`);
      } else {
        await assert.rejects(fs.readRange(path, 0, 1), code('ACCESS_DENIED', path));
      }
    } finally {
      chmodSync(locked, 0o700);
    }
  });
});
