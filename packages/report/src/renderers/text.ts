import { applyText } from '../text/apply-text.js';
import { bytesText } from '../text/bytes-text.js';
import { checkText } from '../text/check-text.js';
import { diffText } from '../text/diff-text.js';
import { logText, rulesText, ruleText } from '../text/explain-text.js';
import { inspectText } from '../text/inspect-text.js';
import { lintText } from '../text/lint-text.js';
import { migrationPage } from '../text/migration-text.js';
import { planText } from '../text/plan-text.js';
import { schemaText } from '../text/schema-text.js';
import { statsText } from '../text/stats-text.js';
import { styleFor } from '../text/style.js';
import { verifyText } from '../text/verify-text.js';
import type { AnyView, Page, Renderer } from './renderer.js';

/** For people: aligned tables that fit the page. Everything that comes from the snapshot is escaped. */
export const textRenderer: Renderer = {
  format: 'text',
  render(view: AnyView, page: Page) {
    const style = styleFor(page.colour, page.ruleUrl);
    switch (view.view) {
      case 'inspect':
        return inspectText(view, page.width, style, page.detail === true);
      case 'schema':
        return schemaText(view, page.width, style);
      case 'bytes':
        return bytesText(view, page.width, style);
      case 'stats':
        return statsText(view, page.width, style);
      case 'diff':
        return diffText(view, page.width, page.colour);
      case 'check':
        return checkText(view, page.width, style);
      case 'lint':
        return lintText(view, page.width, style);
      case 'explain-rule':
        return ruleText(view, page.width, style);
      case 'explain-rules':
        return rulesText(view, page.width, style);
      case 'explain-log':
        return logText(view, page.width, style);
      case 'plan':
        return planText(view, migrationPage(page.width, page.colour));
      case 'apply':
        return applyText(view, migrationPage(page.width, page.colour));
      case 'verify':
        return verifyText(view, migrationPage(page.width, page.colour));
    }
  },
};
