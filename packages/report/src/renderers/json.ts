import type { ViewDocument } from '@statewright/inspect';
import { jsonText } from '../json-text.js';
import type { Renderer } from './renderer.js';

/** The view itself, indented. */
export const jsonRenderer: Renderer = {
  format: 'json',
  *render(view: ViewDocument) {
    yield jsonText(view, 2);
  },
};
