import { fstatSync, read, readSync } from 'node:fs';
import { readdir, realpath, rmdir, stat, statfs, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FileStat, FileSystem, FileWriter } from './byte-source.js';
import { StatewrightError } from './errors.js';
import { errnoOf, fileError } from './local-file-system-errors.js';
import { type OpenFile, OpenFiles } from './local-file-system-files.js';
import { createLocalWriter } from './local-file-system-writer.js';

/** Node reads less than 2 GiB at a time. */
const MAX_READ = 1 << 30;

/** How a LocalFileSystem keeps files open. */
export interface LocalFileSystemOptions {
  /** How many files are kept open between reads. */
  readonly openFiles?: number;
  /** After how long without a read they are closed. */
  readonly idleMillis?: number;
}

/** The machine's own files. A source is opened for reading only; what is written gets its name when it is complete. */
export class LocalFileSystem implements FileSystem {
  private readonly files: OpenFiles;

  constructor(options: LocalFileSystemOptions = {}) {
    this.files = new OpenFiles(options.openFiles ?? 16, options.idleMillis ?? 1000);
  }

  async stat(path: string): Promise<FileStat | undefined> {
    try {
      const found = await stat(path);
      const kind = found.isDirectory() ? 'directory' : 'file';
      return { size: found.size, kind, modifiedMillis: Math.floor(found.mtimeMs) };
    } catch (cause) {
      const errno = errnoOf(cause);
      if (errno === 'ENOENT' || errno === 'ENOTDIR') return undefined;
      throw fileError(cause, 'file', path);
    }
  }

  async list(path: string): Promise<readonly string[]> {
    try {
      return (await readdir(path)).sort();
    } catch (cause) {
      throw fileError(cause, 'directory', path);
    }
  }

  async readRange(path: string, start: number, end: number, memory?: Uint8Array): Promise<Uint8Array> {
    const file = this.files.acquire(path);
    try {
      const target = allocate(file, start, end, memory);
      for (let done = 0; done < target.length; ) {
        const wanted = Math.min(target.length - done, MAX_READ);
        done += checkedRead(await readAt(file, target, done, wanted, start + done), file, start + done, end);
      }
      return target;
    } finally {
      this.files.release(file);
    }
  }

  /** As `readRange`, on the calling thread: faster where nothing else waits, for example in a worker. */
  readRangeSync(path: string, start: number, end: number): Uint8Array {
    const file = this.files.acquire(path);
    try {
      const target = allocate(file, start, end);
      for (let done = 0; done < target.length; ) {
        const wanted = Math.min(target.length - done, MAX_READ);
        done += checkedRead(readAtSync(file, target, done, wanted, start + done), file, start + done, end);
      }
      return target;
    } finally {
      this.files.release(file);
    }
  }

  /** Missing directories are made. */
  async createWrite(path: string): Promise<FileWriter> {
    return createLocalWriter(path);
  }

  /** Deletes a file or an empty directory. */
  async delete(path: string): Promise<void> {
    this.files.retire(path);
    const found = await this.stat(path);
    try {
      await (found?.kind === 'directory' ? rmdir(path) : unlink(path));
    } catch (cause) {
      throw fileError(cause, 'file', path);
    }
  }

  async realPath(path: string): Promise<string> {
    try {
      return await realpath(path);
    } catch (cause) {
      throw fileError(cause, 'file', path);
    }
  }

  async freeBytes(path: string): Promise<number> {
    try {
      const { bavail, bsize } = await statfs(path);
      return bavail * bsize;
    } catch (cause) {
      const above = dirname(path);
      if (errnoOf(cause) === 'ENOENT' && above !== path) return this.freeBytes(above);
      throw fileError(cause, 'directory', path);
    }
  }

  /** Closes the files that are kept open. It can be used again afterwards. */
  close(): void {
    this.files.retireAll();
  }
}

/** Memory for bytes `[start, end)`, once the file is known to hold them; that of the caller where it is enough. */
function allocate(file: OpenFile, start: number, end: number, memory?: Uint8Array): Uint8Array {
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || start < 0 || end < start) {
    throw rangeError('BAD_LENGTH', file, start, end, `the range from ${start} to ${end} is none`);
  }
  if (end > file.size) file.size = sizeNow(file);
  if (end > file.size) throw tooShort(file, start, end, file.size);
  const length = end - start;
  if (memory !== undefined && memory.length >= length) return memory.subarray(0, length);
  return new Uint8Array(Buffer.allocUnsafeSlow(length).buffer);
}

/** A file may have grown since it was opened. */
function sizeNow(file: OpenFile): number {
  try {
    return fstatSync(file.descriptor).size;
  } catch (cause) {
    throw fileError(cause, 'file', file.path);
  }
}

function readAt(
  file: OpenFile,
  target: Uint8Array,
  at: number,
  length: number,
  position: number,
): Promise<number> {
  return new Promise((resolve, reject) => {
    read(file.descriptor, target, at, length, position, (cause, count) => {
      if (cause === null) resolve(count);
      else reject(fileError(cause, 'file', file.path, position, position + length));
    });
  });
}

function readAtSync(
  file: OpenFile,
  target: Uint8Array,
  at: number,
  length: number,
  position: number,
): number {
  try {
    return readSync(file.descriptor, target, at, length, position);
  } catch (cause) {
    throw fileError(cause, 'file', file.path, position, position + length);
  }
}

/** A read of nothing means that the file has shrunk since it was opened. */
function checkedRead(count: number, file: OpenFile, position: number, end: number): number {
  if (count === 0) throw tooShort(file, position, end, position);
  return count;
}

function tooShort(file: OpenFile, start: number, end: number, size: number): StatewrightError {
  return rangeError(
    'TRUNCATED',
    file,
    start,
    end,
    `bytes up to ${end} are needed but the file ends at ${size}`,
  );
}

function rangeError(
  code: 'TRUNCATED' | 'BAD_LENGTH',
  file: OpenFile,
  start: number,
  end: number,
  reason: string,
): StatewrightError {
  return new StatewrightError(code, { span: { file: file.path, start, end }, kind: 'file', reason });
}
