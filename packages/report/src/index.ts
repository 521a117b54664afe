export type { ExportRecord } from './cells.js';
export { csvHeader, csvRow } from './csv.js';
export { jsonText, safeJson } from './json-text.js';
export { openParquet } from './open-parquet.js';
export type { ParquetFile } from './parquet.js';
export { RENDERERS } from './renderers/index.js';
export type { Page, Renderer } from './renderers/renderer.js';
export { escapeText } from './text/escape.js';
export { formatBytes, formatCount, plural } from './text/numbers.js';
