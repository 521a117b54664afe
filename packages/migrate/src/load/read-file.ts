import type { FileSystem } from '@statewright/bytes';
import type { PlanStep } from '../plan/plan.js';
import { csvRows } from './csv.js';
import { ndjsonRows } from './ndjson.js';
import { parquetRows } from './parquet.js';
import type { LoadFile, LoadRow } from './row.js';

type RowsOf = (fs: FileSystem, path: string, name: string) => AsyncGenerator<readonly LoadRow[]>;

/** Readers of files to load, by the name of their format. */
const FORMATS: ReadonlyMap<string, RowsOf> = new Map([
  ['ndjson', ndjsonRows],
  ['csv', csvRows],
  ['parquet', parquetRows],
]);

const SUFFIXES: ReadonlyMap<string, string> = new Map([
  ['ndjson', 'ndjson'],
  ['jsonl', 'ndjson'],
  ['csv', 'csv'],
  ['parquet', 'parquet'],
]);

/** The names of all formats. */
export const LOAD_FORMATS: readonly string[] = [...FORMATS.keys()];

/** The file that `from` names, in the format that `format` or its suffix says. BAD_DOCUMENT when neither does. */
export function loadFile(step: PlanStep, fs: FileSystem, path: string): LoadFile {
  const name = String(step.options.from);
  const suffix = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const format = String(step.options.format ?? SUFFIXES.get(suffix));
  const rows = FORMATS.get(format);
  if (rows === undefined) {
    const reason = `the name ${JSON.stringify(name)} does not tell its format`;
    throw step.error(['from'], reason, `write format: ${LOAD_FORMATS.join(', ')}`);
  }
  return { name, rows: () => rows(fs, path, name) };
}
