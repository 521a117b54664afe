import { close, closeSync, constants, fstatSync, openSync } from 'node:fs';
import { StatewrightError } from './errors.js';
import { fileError } from './local-file-system-errors.js';

/** A file that is open for reading. */
export interface OpenFile {
  readonly path: string;
  readonly descriptor: number;
  /** Size when it was last looked at. */
  size: number;
  /** Reads under way; the descriptor is not closed while there is one. */
  users: number;
  /** No longer in the cache: the last user closes it. */
  retired: boolean;
}

// Without O_NONBLOCK, opening a named pipe that lies where a state file should be would hang for ever.
const READ_ONLY = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** The most recently used files, kept open for reading, and closed again when nobody has read for a while. */
export class OpenFiles {
  private readonly files = new Map<string, OpenFile>();
  private idleTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly capacity: number,
    private readonly idleMillis: number,
  ) {}

  /** The open file of that path, counted as used until `release`. */
  acquire(path: string): OpenFile {
    let file = this.files.get(path);
    if (file === undefined) {
      file = openFile(path);
      if (this.files.size >= this.capacity) this.retireOldest();
    } else {
      this.files.delete(path);
    }
    this.files.set(path, file);
    file.users++;
    return file;
  }

  release(file: OpenFile): void {
    file.users--;
    if (file.retired && file.users === 0) closeQuietly(file);
    if (this.idleTimer === undefined) {
      this.idleTimer = setTimeout(() => this.retireAll(), this.idleMillis);
      this.idleTimer.unref();
    } else {
      this.idleTimer.refresh();
    }
  }

  /** Forgets one path, for example because its file is going to be deleted. */
  retire(path: string): void {
    const file = this.files.get(path);
    if (file === undefined) return;
    this.files.delete(path);
    file.retired = true;
    if (file.users === 0) closeQuietly(file);
  }

  retireAll(): void {
    clearTimeout(this.idleTimer);
    this.idleTimer = undefined;
    for (const path of [...this.files.keys()]) this.retire(path);
  }

  private retireOldest(): void {
    for (const path of this.files.keys()) {
      this.retire(path);
      return;
    }
  }
}

function openFile(path: string): OpenFile {
  let descriptor: number;
  try {
    descriptor = openSync(path, READ_ONLY);
  } catch (cause) {
    throw fileError(cause, 'file', path);
  }
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) {
      const reason = `a regular file is needed but it is ${stat.isDirectory() ? 'a directory' : 'a device or pipe'}`;
      throw new StatewrightError('IO_FAILED', {
        span: { file: path, start: 0, end: 0 },
        kind: 'file',
        reason,
      });
    }
    return { path, descriptor, size: stat.size, users: 0, retired: false };
  } catch (cause) {
    closeSync(descriptor);
    throw fileError(cause, 'file', path);
  }
}

/** A failure to close what was only read changes nothing for the reader. */
function closeQuietly(file: OpenFile): void {
  close(file.descriptor, () => {});
}
