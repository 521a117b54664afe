import { type FileSystem, StatewrightError } from '@statewright/bytes';

const CHUNK = 1 << 20;

/** The bytes of a file in pieces; FILE_NOT_FOUND when there is none. */
export async function* fileChunks(fs: FileSystem, path: string): AsyncGenerator<Uint8Array> {
  const size = await fileSize(fs, path);
  for (let start = 0; start < size; start += CHUNK) {
    yield await fs.readRange(path, start, Math.min(size, start + CHUNK));
  }
}

/** The size of a file in bytes. */
export async function fileSize(fs: FileSystem, path: string): Promise<number> {
  const stat = await fs.stat(path);
  if (stat?.kind === 'file') return stat.size;
  throw new StatewrightError('FILE_NOT_FOUND', { kind: path, reason: 'there is no such file to load' });
}

/** The text of a file in pieces; BAD_VALUE where it is not UTF-8. */
export async function* textChunks(fs: FileSystem, path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const bytes of fileChunks(fs, path)) yield decoder.decode(bytes, { stream: true });
    yield decoder.decode();
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new StatewrightError('BAD_VALUE', { kind: path, reason: 'the file to load is not UTF-8', cause });
  }
}
