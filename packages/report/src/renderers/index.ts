import { jsonRenderer } from './json.js';
import { ndjsonRenderer } from './ndjson.js';
import type { Renderer } from './renderer.js';
import { textRenderer } from './text.js';

/** All renderers of views. */
export const RENDERERS: readonly Renderer[] = [textRenderer, jsonRenderer, ndjsonRenderer];
