import { rmSync } from 'node:fs';
import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { withDirectImports } from './direct-imports.mjs';
import { bundlePage } from './page.mjs';
import { ROOT } from './paths.mjs';

const OUT = path.join(ROOT, 'cli/dist/bundle');

/** Our compiled modules, as the bundle is to have them. */
export const ourModules = {
  name: 'our-modules',
  setup(bundler) {
    bundler.onLoad(
      { filter: /[\\/](?:packages[\\/]\w+|cli|tui)[\\/]dist[\\/].*\.js$/ },
      async ({ path: file }) => ({
        contents: fromTheByteLayer(file, withDirectImports(await readFile(file, 'utf8'))),
        loader: 'js',
      }),
    );
  },
};

/**
 * The byte layer requires its native modules from where it lies itself. In the bundle that place is asked for, since the
 * program need not be able to see them.
 */
function fromTheByteLayer(file, text) {
  if (!/packages[\\/]bytes[\\/]dist/.test(file)) return text;
  return text.replaceAll('import.meta.url', 'import.meta.resolve("@statewright/bytes")');
}

/** Joins the compiled program into a few files beside it, because loading some 200 modules takes longer than most commands. */
export async function bundle() {
  rmSync(OUT, { recursive: true, force: true });
  const result = await build({
    // Worker threads of migrations begin at a file of their own, which must lie beside the others.
    entryPoints: {
      run: path.join(ROOT, 'cli/dist/run.js'),
      'task-worker': path.join(ROOT, 'packages/migrate/dist/run/task-worker.js'),
    },
    outdir: OUT,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['commander'],
    // ink asks for React's developer tools only where DEV is set; they are no dependency.
    alias: { 'react-devtools-core': path.join(ROOT, 'scripts/lib/nothing.mjs') },
    // Nothing here fetches, but the layout engine below ink would take its own embedded bytes that way, which loads Node's HTTP client.
    define: { 'process.env.NODE_ENV': '"production"', fetch: 'undefined' },
    legalComments: 'eof',
    // Modules of CommonJS (yaml) ask for Node's own modules in that way.
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
    logLevel: 'warning',
    plugins: [ourModules],
  });
  // What rule ids link to in a terminal.
  await cp(path.join(ROOT, 'docs/rules'), path.join(OUT, 'rules'), { recursive: true });
  return result.errors.length === 0 && (await bundlePage(OUT));
}
