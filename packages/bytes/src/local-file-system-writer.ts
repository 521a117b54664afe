import { randomBytes } from 'node:crypto';
import { type FileHandle, link, mkdir, open, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { FileWriter } from './byte-source.js';
import { errnoOf, fileError } from './local-file-system-errors.js';

/** errno of file systems without hard links. */
const NO_HARD_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV']);

/** Opens a file for writing under a temporary name beside `path`; makes the directories it needs. */
export async function createLocalWriter(path: string): Promise<FileWriter> {
  const directory = dirname(path);
  const temporary = join(directory, `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const firstMade = await mkdir(directory, { recursive: true });
    const handle = await open(temporary, 'wx');
    return new LocalFileWriter(path, temporary, handle, firstMade);
  } catch (cause) {
    throw fileError(cause, 'new file', path);
  }
}

/** After so many bytes what was written so far goes to the disk, while more is being written. */
const SYNC_EVERY = 16 * 1024 * 1024;

class LocalFileWriter implements FileWriter {
  private written = 0;
  private closed = false;
  private nextSync = SYNC_EVERY;
  /** The sync under way; it never rejects, since nobody waits for it before `commit`. */
  private syncing: Promise<void> | undefined;
  private syncFailure: unknown;

  constructor(
    private readonly path: string,
    private readonly temporary: string,
    private readonly handle: FileHandle,
    /** The topmost directory that was made for this file. */
    private readonly firstMade: string | undefined,
  ) {}

  async write(bytes: Uint8Array): Promise<void> {
    try {
      if (this.syncFailure !== undefined) throw this.syncFailure;
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await this.handle.write(bytes, done, bytes.length - done);
        done += bytesWritten;
      }
    } catch (cause) {
      throw fileError(cause, 'new file', this.path, this.written, this.written + bytes.length);
    }
    this.written += bytes.length;
    if (this.written >= this.nextSync && this.syncing === undefined) this.beginSync();
  }

  /** So the disk works while the next bytes are made, and `commit` has little left to wait for. */
  private beginSync(): void {
    this.nextSync = this.written + SYNC_EVERY;
    const done = (failure: unknown): void => {
      this.syncFailure ??= failure;
      this.syncing = undefined;
    };
    this.syncing = this.handle.datasync().then(done, done);
  }

  async commit(): Promise<void> {
    try {
      await this.syncing;
      if (this.syncFailure !== undefined) throw this.syncFailure;
      await this.handle.sync();
      await this.close();
      await giveName(this.temporary, this.path);
      await syncDirectories(dirname(this.path), this.firstMade);
    } catch (cause) {
      await this.abort();
      throw fileError(cause, 'new file', this.path, 0, this.written);
    }
  }

  async abort(): Promise<void> {
    try {
      await this.close();
      await unlink(this.temporary);
    } catch (cause) {
      if (errnoOf(cause) !== 'ENOENT') throw fileError(cause, 'new file', this.temporary);
    }
  }

  private async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.handle.close();
  }
}

/** A hard link fails when the name is taken, which a rename does not; EEXIST then. */
async function giveName(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path);
  } catch (cause) {
    if (!NO_HARD_LINKS.has(errnoOf(cause) ?? '')) throw cause;
    // Claim the name first, so that the rename can only replace our own empty file.
    await (await open(path, 'wx')).close();
    await rename(temporary, path);
    return;
  }
  await unlink(temporary);
}

/** A name survives a power cut only when its directory is synced, and so with each directory that was made for it. */
async function syncDirectories(directory: string, firstMade: string | undefined): Promise<void> {
  const last = firstMade === undefined ? directory : dirname(firstMade);
  for (let at = directory; ; at = dirname(at)) {
    await syncDirectory(at);
    if (at === last || at === dirname(at)) return;
  }
}

async function syncDirectory(directory: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(directory, 'r');
    await handle.sync();
  } catch (cause) {
    // Not every system can open or sync a directory; the name itself is already there.
    if (!['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP'].includes(errnoOf(cause) ?? '')) throw cause;
  } finally {
    await handle?.close();
  }
}
