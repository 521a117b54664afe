import { jsonText } from '../json-text.js';
import type { AnyView, Renderer } from './renderer.js';

/** The view itself, indented. */
export const jsonRenderer: Renderer = {
  format: 'json',
  *render(view: AnyView) {
    yield jsonText(view, 2);
  },
};
