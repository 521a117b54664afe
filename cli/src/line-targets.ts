import { isAscii } from 'node:buffer';
import { type ExportColumn, type LineChunk, textLines } from '@statewright/inspect';
import { csvHeader, csvRow, type ExportRecord, openParquet, safeJson } from '@statewright/report';
import type { Output } from './io/output.js';

/** Takes exported JSON lines and writes them in one format. */
export interface LineTarget {
  write(chunk: LineChunk): Promise<void>;
  end(): Promise<void>;
}

export type ExportFormat = 'ndjson' | 'csv' | 'parquet';

/** The target of a format. `safe`: CSV, too, escapes control characters, because a terminal gets them. */
export async function lineTarget(
  format: ExportFormat,
  output: Output,
  columns: () => readonly ExportColumn[],
  safe: boolean,
): Promise<LineTarget> {
  switch (format) {
    case 'ndjson':
      return ndjsonTarget(output);
    case 'csv':
      return csvTarget(output, columns(), safe);
    case 'parquet':
      return parquetTarget(output, columns());
  }
}

/** DEL, the one control character that JSON text may hold as it is and ASCII has. */
const DELETE = 0x7f;

/** JSON can escape what must not reach a terminal, so it always does: a pipe often ends at one. */
function ndjsonTarget(output: Output): LineTarget {
  return {
    async write({ bytes }) {
      const harmless = isAscii(bytes) && !bytes.includes(DELETE);
      await output.write(harmless ? bytes : safeJson(Buffer.from(bytes).toString()));
    },
    async end() {},
  };
}

async function csvTarget(
  output: Output,
  columns: readonly ExportColumn[],
  safe: boolean,
): Promise<LineTarget> {
  await output.write(csvHeader(columns, safe));
  return {
    async write(chunk) {
      const rows = textLines(chunk).map((line) => csvRow(columns, JSON.parse(line) as ExportRecord, safe));
      await output.write(rows.join(''));
    },
    async end() {},
  };
}

async function parquetTarget(output: Output, columns: readonly ExportColumn[]): Promise<LineTarget> {
  const file = await openParquet(columns);
  return {
    async write(chunk) {
      for (const line of textLines(chunk)) {
        const bytes = file.add(JSON.parse(line) as ExportRecord, line.length);
        if (bytes !== undefined) await output.write(bytes);
      }
    },
    async end() {
      await output.write(file.finish());
    },
  };
}
