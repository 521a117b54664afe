import { createHash } from 'node:crypto';
import type { CheckView, LintView } from '@statewright/compat';
import type { DiffView, StatsView } from '@statewright/inspect';
import { jsonText } from '../json-text.js';
import { diffPage } from './diff-page.js';
import { findingsPage } from './findings-page.js';
import type { PageModel } from './page-model.js';
import { statsPage } from './stats-page.js';

/** Views that a page can show. */
export type PageView = StatsView | DiffView | CheckView | LintView;

/** The page's own script and style, as the build made them. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
}

/**
 * One HTML page that holds all it needs: data as JSON, script and style. Its policy lets it load nothing and run its own
 * script only, by hash; the data is set as text, so that no name or value of a snapshot becomes markup.
 */
export function htmlPage(view: PageView, { script, style }: PageAssets): string {
  const model = pageModel(view);
  const code = script.replaceAll('</script', '<\\/script').trim();
  const hash = createHash('sha256').update(code, 'utf8').digest('base64');
  const policy = `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="generator" content="statewright">',
    `<title>${markup(`statewright ${model.kind}: ${model.title}`)}</title>`,
    `<style>${style.replaceAll('</', '<\\/')}</style>`,
    '</head>',
    '<body>',
    '<noscript>This page needs JavaScript; the same is printed by the command without --html.</noscript>',
    `<script type="application/json" id="model">${inScript(jsonText(model))}</script>`,
    `<script>${code}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function pageModel(view: PageView): PageModel {
  switch (view.view) {
    case 'stats':
      return statsPage(view);
    case 'diff':
      return diffPage(view);
    default:
      return findingsPage(view);
  }
}

/** JSON that cannot end the script it stands in, or begin a comment there. */
function inScript(json: string): string {
  return json.replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026');
}

function markup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
