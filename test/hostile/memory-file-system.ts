import { type ErrorCode, type FileStat, type FileSystem, StatewrightError } from '@statewright/bytes';

/** A file system in memory: files by absolute path, and paths at which it fails. Nothing can be written to it. */
export class MemoryFileSystem implements FileSystem {
  /** Every path that was asked for. */
  readonly touched = new Set<string>();

  constructor(
    readonly files: ReadonlyMap<string, Uint8Array>,
    private readonly failures: ReadonlyMap<string, ErrorCode> = new Map(),
  ) {}

  async stat(path: string): Promise<FileStat | undefined> {
    this.fail(path);
    const file = this.files.get(path);
    if (file !== undefined) return { size: file.length, kind: 'file', modifiedMillis: 0 };
    return this.names(path).length > 0 ? { size: 0, kind: 'directory', modifiedMillis: 0 } : undefined;
  }

  async list(path: string): Promise<readonly string[]> {
    this.fail(path);
    return this.names(path);
  }

  async readRange(path: string, start: number, end: number): Promise<Uint8Array> {
    this.fail(path);
    const file = this.files.get(path);
    const span = { file: path, start, end };
    if (file === undefined)
      throw new StatewrightError('FILE_NOT_FOUND', { span, reason: 'there is no such file' });
    if (!(start >= 0 && start <= end)) {
      throw new StatewrightError('BAD_LENGTH', {
        span,
        reason: `the range from ${start} to ${end} is none`,
      });
    }
    if (end > file.length) {
      const reason = `bytes up to ${end} are needed but the file ends at ${file.length}`;
      throw new StatewrightError('TRUNCATED', { span, reason });
    }
    return file.slice(start, end);
  }

  createWrite(path: string): Promise<never> {
    throw new Error(`a reader writes to ${path}`);
  }

  delete(path: string): Promise<never> {
    throw new Error(`a reader deletes ${path}`);
  }

  private fail(path: string): void {
    this.touched.add(path);
    const code = this.failures.get(path);
    if (code === undefined) return;
    const span = { file: path, start: 0, end: 0 };
    throw new StatewrightError(code, { span, reason: 'the operating system refuses access' });
  }

  private names(directory: string): string[] {
    const prefix = directory.endsWith('/') ? directory : `${directory}/`;
    const below = [...this.files.keys()].filter((path) => path.startsWith(prefix));
    return [...new Set(below.map((path) => path.slice(prefix.length).split('/')[0]!))].sort();
  }
}
