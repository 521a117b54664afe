export { jsonText } from './json-text.js';
export { RENDERERS } from './renderers/index.js';
export type { Page, Renderer } from './renderers/renderer.js';
export { escapeText } from './text/escape.js';
export { formatBytes, formatCount, plural } from './text/numbers.js';
