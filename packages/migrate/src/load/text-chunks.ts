import { type FileSystem, readPieces, StatewrightError } from '@statewright/bytes';

/** The size of a file in bytes. */
export async function fileSize(fs: FileSystem, path: string): Promise<number> {
  const stat = await fs.stat(path);
  if (stat?.kind === 'file') return stat.size;
  throw new StatewrightError('FILE_NOT_FOUND', { kind: path, reason: 'there is no such file to load' });
}

/** The text of a file in pieces; FILE_NOT_FOUND when there is none, BAD_VALUE where it is not UTF-8. */
export async function* textChunks(fs: FileSystem, path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    const size = await fileSize(fs, path);
    for await (const bytes of readPieces(fs, path, 0, size)) yield decoder.decode(bytes, { stream: true });
    yield decoder.decode();
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new StatewrightError('BAD_VALUE', { kind: path, reason: 'the file to load is not UTF-8', cause });
  }
}
