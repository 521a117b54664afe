import type { ExportColumn } from '@statewright/inspect';
import { cellOf, cellText, type ExportRecord } from './cells.js';
import { escapeText } from './text/escape.js';

/*
 * CSV as in RFC 4180: comma, CR LF, quotes around a cell that holds one of `",` or a line break, quotes inside doubled.
 * A missing value is an empty cell; an empty string is `""`, so that the two can be told apart.
 */

/** The line of column names; `safe` as in `csvRow`: fields of a snapshot may have any name. */
export function csvHeader(columns: readonly ExportColumn[], safe = false): string {
  return `${columns.map(({ name }) => quoted(safe ? escapeText(name) : name)).join(',')}\r\n`;
}

/** One exported line as a CSV line; `safe` escapes what could steer a terminal. */
export function csvRow(columns: readonly ExportColumn[], record: ExportRecord, safe = false): string {
  const cells = columns.map((column) => {
    const cell = cellOf(record, column);
    if (cell === undefined) return '';
    const text = cellText(cell);
    return quoted(safe ? escapeText(text) : text);
  });
  return `${cells.join(',')}\r\n`;
}

function quoted(text: string): string {
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
