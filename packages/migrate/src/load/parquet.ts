import type { FileSystem } from '@statewright/bytes';
import { badRow, type Cell, type LoadRow } from './row.js';
import { fileSize } from './text-chunks.js';

/** Rows that are read at once; a row group is read in pieces of this size. */
const ROWS = 10_000;

/**
 * The rows of a Parquet file, in batches: plain or snappy, columns of numbers, booleans, texts and bytes, lists and structs.
 * Texts have no type yet, as in CSV. BAD_DOCUMENT for what is no Parquet file.
 */
export async function* parquetRows(
  fs: FileSystem,
  path: string,
  name: string,
): AsyncGenerator<readonly LoadRow[]> {
  // Loaded here, because nothing else needs it.
  const { parquetMetadataAsync, parquetReadObjects } = await import('hyparquet');
  const byteLength = await fileSize(fs, path);
  const file = {
    byteLength,
    async slice(start: number, end = byteLength): Promise<ArrayBuffer> {
      const from = start < 0 ? Math.max(0, byteLength + start) : start;
      const bytes = await fs.readRange(path, from, Math.min(end, byteLength));
      return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    },
  };
  const parsers = { jsonFromBytes: (bytes: Uint8Array) => new TextDecoder().decode(bytes) };
  const metadata = await parsed(name, () => parquetMetadataAsync(file, { parsers }));
  const count = Number(metadata.num_rows);
  for (let rowStart = 0; rowStart < count; rowStart += ROWS) {
    const rowEnd = Math.min(count, rowStart + ROWS);
    const options = { file, metadata, rowStart, rowEnd, parsers };
    const rows = await parsed(name, () => parquetReadObjects(options));
    yield rows.map((row, i) => rowOf(row, rowStart + i + 1));
  }
}

async function parsed<T>(name: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0]!.replace(/\.$/, '') : String(error);
    throw badRow(name, 1, `the file cannot be read as Parquet (${why})`);
  }
}

function rowOf(row: { readonly [column: string]: unknown }, line: number): LoadRow {
  const cell = (column: string): Cell | undefined => {
    if (!Object.hasOwn(row, column)) return undefined;
    const value = row[column];
    return typeof value === 'string' ? { text: value } : { json: value ?? null };
  };
  return { line, table: true, cell };
}
