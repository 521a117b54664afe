export type { ExportRecord } from './cells.js';
export { csvHeader, csvRow } from './csv.js';
export { mermaidGraph } from './graph/mermaid.js';
export { svgGraph } from './graph/svg.js';
export { htmlPage, type PageAssets, type PageView } from './html/html-page.js';
export type {
  Bar,
  ChartData,
  ChartSection,
  PageCell,
  PageColumn,
  PageDetail,
  PageModel,
  PageRow,
  Section,
  Series,
  Shape,
  TableSection,
  Tile,
  Tone,
  Unit,
} from './html/page-model.js';
export { jsonText, safeJson } from './json-text.js';
export { openParquet } from './open-parquet.js';
export type { ParquetFile } from './parquet.js';
export { RENDERERS } from './renderers/index.js';
export type { AnyView, Page, Renderer } from './renderers/renderer.js';
export { ndjsonDiffWriter } from './text/diff-ndjson.js';
export type { DiffWriter } from './text/diff-style.js';
export { type DiffTextOptions, textWriter } from './text/diff-text.js';
export { parseDuration } from './text/duration.js';
export { escapeText } from './text/escape.js';
export { formatBytes, formatCount, formatShare, plural } from './text/numbers.js';
export { stateDetails } from './text/stats-details.js';
export { displayWidth, truncate, wrap } from './text/width.js';
export { unifiedWriter } from './unified/unified-writer.js';
