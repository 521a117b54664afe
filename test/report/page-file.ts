import { readFileSync } from 'node:fs';
import path from 'node:path';
import { htmlPage, type PageAssets, type PageModel, type PageView } from '@statewright/report';
import { ROOT } from '../architecture/source-tree.js';

/** The page's script and style, as the build made them. */
export function pageAssets(): PageAssets {
  const read = (name: string) => readFileSync(path.join(ROOT, 'cli/dist/bundle', name), 'utf8');
  return { script: read('page.js'), style: read('page-style.css') };
}

/** A view as a page. */
export function pageOf(view: PageView): string {
  return htmlPage(view, pageAssets());
}

/** The data that stands in a page. */
export function modelOf(html: string): PageModel {
  const json = /<script type="application\/json" id="model">(.*?)<\/script>/s.exec(html)?.[1];
  return JSON.parse(json ?? '') as PageModel;
}
