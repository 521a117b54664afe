/** Rows of cells as lines, the first the head: columns as wide as they must be, numbers to the right. */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const pad = (cell, column) => (column > 0 ? cell.padStart(widths[column]) : cell.padEnd(widths[column]));
  return rows.map((row) => `  ${row.map(pad).join('  ')}`.trimEnd()).join('\n');
}

/** Seconds, in milliseconds when they are few. */
export function seconds(value) {
  if (value === undefined) return undefined;
  return value < 1 ? `${(value * 1000).toFixed(value < 0.1 ? 1 : 0)} ms` : `${value.toFixed(2)} s`;
}

/** `1234567` as `1,234,567`. */
export function count(value) {
  return value === undefined ? undefined : Math.round(value).toLocaleString('en-US');
}

/** Bytes as a number of megabytes, of a million bytes each. */
export function megabytes(bytes) {
  if (bytes === undefined) return undefined;
  const value = bytes / 1e6;
  return value < 10 ? value.toFixed(2) : Math.round(value).toLocaleString('en-US');
}

/** A ratio (`x`) or a figure with its unit. */
export function withUnit(value, unit) {
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  const number = Number.isInteger(value) ? String(value) : value.toFixed(digits);
  return unit === 'x' ? `${number}x` : `${number} ${unit}`;
}
