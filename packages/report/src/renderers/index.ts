import { githubRenderer } from './github.js';
import { gitlabRenderer } from './gitlab.js';
import { jsonRenderer } from './json.js';
import { junitRenderer } from './junit.js';
import { markdownRenderer } from './markdown.js';
import { ndjsonRenderer } from './ndjson.js';
import type { Renderer } from './renderer.js';
import { sarifRenderer } from './sarif.js';
import { textRenderer } from './text.js';

/** All renderers of views. */
export const RENDERERS: readonly Renderer[] = [
  textRenderer,
  jsonRenderer,
  ndjsonRenderer,
  sarifRenderer,
  junitRenderer,
  githubRenderer,
  gitlabRenderer,
  markdownRenderer,
];
