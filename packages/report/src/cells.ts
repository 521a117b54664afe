import type { ColumnType, ExportColumn } from '@statewright/inspect';

/** An exported line, parsed. */
export type ExportRecord = { readonly [name: string]: unknown };

/** The JSON value of a column in a record; undefined where the record has none, or one of another type. */
export function cellOf(record: ExportRecord, column: ExportColumn): unknown {
  if (column.unless !== undefined && saysEverything(record, column.unless)) return undefined;
  const cell = follow(record, column.path);
  return cell === null || !fits(cell, column.type) ? undefined : cell;
}

function follow(record: ExportRecord, path: ExportColumn['path']): unknown {
  let at: unknown = record;
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as { readonly [step: string | number]: unknown })[step];
  }
  return at;
}

/** Whether the value is an object or array of just these columns' fields, each null or of its column's type. */
function saysEverything(record: ExportRecord, columns: readonly ExportColumn[]): boolean {
  const { value } = record;
  if (typeof value !== 'object' || value === null) return false;
  if (Object.keys(value).length !== columns.length) return false;
  return columns.every(({ path, type }) => {
    const cell = follow(record, path);
    return cell === null || (cell !== undefined && fits(cell, type));
  });
}

const NOT_FINITE = new Set<unknown>(['NaN', 'Infinity', '-Infinity']);

function fits(cell: unknown, type: ColumnType): boolean {
  switch (type) {
    case 'int':
      return typeof cell === 'number';
    case 'long':
      return typeof cell === 'number' || (typeof cell === 'string' && /^-?\d+$/.test(cell));
    case 'double':
      return typeof cell === 'number' || NOT_FINITE.has(cell);
    case 'boolean':
    case 'string':
      return typeof cell === type;
    case 'json':
      return true;
  }
}

/** A cell as text: a string as it is, all else as JSON. */
export function cellText(cell: unknown): string {
  return typeof cell === 'string' ? cell : JSON.stringify(cell);
}
