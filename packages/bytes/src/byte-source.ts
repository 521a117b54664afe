/** What `stat` tells of one file. */
export interface FileStat {
  /** Size in bytes. */
  readonly size: number;
  readonly kind: 'file' | 'directory';
  /** Last modification, milliseconds since the epoch. */
  readonly modifiedMillis: number;
}

/** A new file being written. Nothing is visible under its name until `commit`, which syncs and renames. */
export interface FileWriter {
  /** The bytes may be changed as soon as it has ended. */
  write(bytes: Uint8Array): Promise<void>;
  /** Flushes to the disk and gives the file its name; ALREADY_EXISTS when the name is taken. */
  commit(): Promise<void>;
  /** Removes what was written. */
  abort(): Promise<void>;
}

/**
 * The port through which all bytes come and go: five methods that all have, so that an object store can be another implementation.
 * Paths are absolute names in the file system's own form, `/` between parts. Errors are FILE_NOT_FOUND, ACCESS_DENIED
 * or IO_FAILED.
 */
export interface FileSystem {
  stat(path: string): Promise<FileStat | undefined>;
  /** Names in a directory, sorted; not the path. */
  list(path: string): Promise<readonly string[]>;
  /**
   * Bytes `[start, end)` of a file; TRUNCATED when it is shorter. The result belongs to the caller. It may lie in `memory`, which
   * is as long or longer, where the caller has some to use again; a file system need not look at it.
   */
  readRange(path: string, start: number, end: number, memory?: Uint8Array): Promise<Uint8Array>;
  createWrite(path: string): Promise<FileWriter>;
  delete(path: string): Promise<void>;
  /** The path without symbolic links; a file system that has none has no such method. */
  realPath?(path: string): Promise<string>;
  /** Bytes that can still be written where the path lies or will lie; a file system without a known end has no such method. */
  freeBytes?(path: string): Promise<number>;
}
