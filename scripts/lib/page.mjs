import path from 'node:path';
import { build } from 'esbuild';
import { ROOT } from './paths.mjs';

/** Licences of what the script holds: esbuild keeps only comments that ask for it. */
const NOTICE =
  '/*! Holds Observable Plot (ISC, Copyright 2020-2023 Observable, Inc.), D3 (ISC, Copyright 2010-2023 Mike Bostock), isoformat (ISC, Copyright 2021 Mike Bostock), interval-tree-1d and binary-search-bounds (MIT, Copyright 2013 Mikola Lysenko) */';

/** The script and the style that every HTML page holds, a file each. */
export async function bundlePage(outdir) {
  const page = path.join(ROOT, 'packages/report/page');
  const result = await build({
    entryPoints: { page: path.join(page, 'dist/main.js'), 'page-style': path.join(page, 'page.css') },
    outdir,
    bundle: true,
    minify: true,
    format: 'iife',
    // What `color-mix` and `oklab` need, which the style uses.
    target: ['chrome111', 'firefox113', 'safari16.4'],
    // A page is UTF-8, and names may hold any letter.
    charset: 'utf8',
    legalComments: 'inline',
    banner: { js: NOTICE },
    logLevel: 'warning',
  });
  return result.errors.length === 0;
}
