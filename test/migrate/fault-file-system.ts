import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FileStat, type FileSystem, type FileWriter, StatewrightError } from '@statewright/bytes';

/** What goes wrong: the process is gone, or the operating system reports something. */
export type Fault = 'kill-before' | 'kill-after' | 'disk-full' | 'write-error' | 'read-error';

/** Thrown where a process would be gone. */
class Killed extends Error {}

/** One thing that is done to files. */
export interface Call {
  readonly what: 'create' | 'write' | 'commit' | 'abort' | 'delete' | 'read';
  readonly path: string;
}

/**
 * Files in memory as `LocalFileSystem` keeps them: a new file has a temporary name beside its own until `commit`. At one call,
 * counted from 0, something goes wrong: a kill leaves everything as it is and nothing happens any more, a full disk takes no more
 * bytes, an error happens once.
 */
export class FaultFileSystem implements FileSystem {
  readonly calls: Call[] = [];
  private dead = false;
  private full = false;
  private temporaries = 0;

  constructor(
    readonly files: Map<string, Uint8Array>,
    private readonly fault?: { readonly at: number; readonly what: Fault },
  ) {}

  async stat(path: string): Promise<FileStat | undefined> {
    this.live();
    const file = this.files.get(path);
    if (file !== undefined) return { size: file.length, kind: 'file', modifiedMillis: 1 };
    return this.names(path).length > 0 ? { size: 0, kind: 'directory', modifiedMillis: 1 } : undefined;
  }

  async list(path: string): Promise<readonly string[]> {
    this.live();
    return this.names(path);
  }

  async readRange(path: string, start: number, end: number): Promise<Uint8Array> {
    return this.call({ what: 'read', path }, () => {
      const file = this.files.get(path);
      const span = { file: path, start, end };
      if (file === undefined)
        throw new StatewrightError('FILE_NOT_FOUND', { span, reason: 'there is no such file' });
      if (end > file.length)
        throw new StatewrightError('TRUNCATED', { span, reason: `the file ends at ${file.length}` });
      return file.slice(start, end);
    });
  }

  async createWrite(path: string): Promise<FileWriter> {
    const slash = path.lastIndexOf('/');
    const temporary = `${path.slice(0, slash)}/.${path.slice(slash + 1)}.${this.temporaries++}.tmp`;
    this.call({ what: 'create', path }, () => this.files.set(temporary, new Uint8Array(0)));
    return {
      write: async (bytes) =>
        this.call({ what: 'write', path }, () => {
          if (this.full) throw noSpace(path);
          const old = this.files.get(temporary)!;
          const now = new Uint8Array(old.length + bytes.length);
          now.set(old);
          now.set(bytes, old.length);
          this.files.set(temporary, now);
        }),
      commit: async () =>
        this.call({ what: 'commit', path }, () => {
          if (this.files.has(path))
            throw new StatewrightError('ALREADY_EXISTS', { reason: `${path} is taken` });
          this.files.set(path, this.files.get(temporary)!);
          this.files.delete(temporary);
        }),
      abort: async () =>
        this.call({ what: 'abort', path }, () => {
          this.files.delete(temporary);
        }),
    };
  }

  async delete(path: string): Promise<void> {
    this.call({ what: 'delete', path }, () => {
      this.files.delete(path);
    });
  }

  private call<T>(call: Call, work: () => T): T {
    this.live();
    const at = this.calls.length;
    this.calls.push(call);
    const fault = this.fault?.at === at ? this.fault.what : undefined;
    if (fault === 'kill-before') this.kill();
    if (fault === 'disk-full') this.full = true;
    if (fault === 'write-error' || fault === 'read-error') {
      throw new StatewrightError('IO_FAILED', { kind: 'file', reason: 'the operating system reports EIO' });
    }
    const result = work();
    if (fault === 'kill-after') this.kill();
    return result;
  }

  private kill(): never {
    this.dead = true;
    throw new Killed();
  }

  private live(): void {
    if (this.dead) throw new Killed();
  }

  private names(directory: string): string[] {
    const below = [...this.files.keys()].filter((path) => path.startsWith(`${directory}/`));
    return [...new Set(below.map((path) => path.slice(directory.length + 1).split('/')[0]!))].sort();
  }
}

function noSpace(path: string): StatewrightError {
  const span = { file: path, start: 0, end: 0 };
  return new StatewrightError('IO_FAILED', {
    span,
    kind: 'new file',
    reason: 'the operating system reports ENOSPC',
  });
}

/** The files of a folder, as if they lay in another. */
export function filesOf(folder: string, as: string): Map<string, Uint8Array> {
  return new Map(readdirSync(folder).map((name) => [`${as}/${name}`, readFileSync(join(folder, name))]));
}

/** The files below a directory, by name, in hex. */
export function contents(
  files: ReadonlyMap<string, Uint8Array>,
  directory: string,
): { [name: string]: string } {
  const below = [...files]
    .filter(([path]) => path.startsWith(`${directory}/`))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    below.map(([path, bytes]) => [path.slice(directory.length + 1), Buffer.from(bytes).toString('hex')]),
  );
}
