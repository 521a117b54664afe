import type { ExportColumn } from '@statewright/inspect';
import type { ParquetFile } from './parquet.js';

/** A Parquet file to be written. Its library is loaded here, because few commands need it. */
export async function openParquet(columns: readonly ExportColumn[]): Promise<ParquetFile> {
  const { ParquetFile: Class } = await import('./parquet.js');
  return new Class(columns);
}
