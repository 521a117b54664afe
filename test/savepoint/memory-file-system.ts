import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FileStat, type FileSystem, type FileWriter, StatewrightError } from '@statewright/bytes';

/** The files of one directory in memory, so that a test can damage them ten thousand times. */
export class MemoryFileSystem implements FileSystem {
  readonly files = new Map<string, Uint8Array>();

  /** A copy of a directory, which lies at `/` here. */
  static of(directory: string): MemoryFileSystem {
    const fs = new MemoryFileSystem();
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      if (entry.isFile()) fs.files.set(`/${entry.name}`, readFileSync(join(directory, entry.name)));
    }
    return fs;
  }

  /** The same files, with one replaced. */
  with(path: string, bytes: Uint8Array): MemoryFileSystem {
    const fs = new MemoryFileSystem();
    for (const [name, old] of this.files) fs.files.set(name, name === path ? bytes : old);
    return fs;
  }

  async stat(path: string): Promise<FileStat | undefined> {
    if (path === '/') return { size: 0, kind: 'directory', modifiedMillis: 0 };
    const bytes = this.files.get(path);
    return bytes === undefined ? undefined : { size: bytes.length, kind: 'file', modifiedMillis: 0 };
  }

  async list(): Promise<readonly string[]> {
    return [...this.files.keys()].map((path) => path.slice(1)).sort();
  }

  async readRange(path: string, start: number, end: number): Promise<Uint8Array> {
    const bytes = this.files.get(path);
    const span = { file: path, start, end };
    if (bytes === undefined) {
      throw new StatewrightError('FILE_NOT_FOUND', { span, kind: 'file', reason: 'there is no such file' });
    }
    if (start < 0 || end < start || end > bytes.length) {
      const reason = `bytes up to ${end} are needed but the file ends at ${bytes.length}`;
      throw new StatewrightError('TRUNCATED', { span, kind: 'file', reason });
    }
    return bytes.slice(start, end);
  }

  async createWrite(path: string): Promise<FileWriter> {
    throw new StatewrightError('ACCESS_DENIED', { kind: 'file', reason: `${path} is not written` });
  }

  async delete(path: string): Promise<void> {
    this.files.delete(path);
  }
}
