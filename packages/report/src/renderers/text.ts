import type { ViewDocument } from '@statewright/inspect';
import { bytesText } from '../text/bytes-text.js';
import { inspectText } from '../text/inspect-text.js';
import { schemaText } from '../text/schema-text.js';
import { statsText } from '../text/stats-text.js';
import { styleFor } from '../text/style.js';
import type { Page, Renderer } from './renderer.js';

/** For people: aligned tables that fit the page. Everything that comes from the snapshot is escaped. */
export const textRenderer: Renderer = {
  format: 'text',
  render(view: ViewDocument, page: Page) {
    const style = styleFor(page.colour);
    switch (view.view) {
      case 'inspect':
        return inspectText(view, page.width, style, page.detail === true);
      case 'schema':
        return schemaText(view, page.width, style);
      case 'bytes':
        return bytesText(view, page.width, style);
      case 'stats':
        return statsText(view, page.width, style);
    }
  },
};
