import { readFile } from 'node:fs/promises';
import { LocalFileSystem } from '@statewright/bytes';
import { htmlPage, type PageAssets, type PageView } from '@statewright/report';
import type { OptionSpec, OptionValues } from './command.js';
import type { Context } from './context.js';
import { textOption } from './options.js';
import { withOutput } from './with-output.js';

/** `--html`: the result as a page, beside what is printed. */
export const HTML_OPTION: OptionSpec = {
  flags: '--html <FILE>',
  description: 'write a page to look at in a browser, too: charts, tables to sort and search; loads nothing',
  complete: 'file',
};

/** Writes the page that the options ask for: a new file, ALREADY_EXISTS when it is one that exists. */
export async function writeHtml(context: Context, view: PageView, options: OptionValues): Promise<void> {
  const file = textOption(options, 'html');
  if (file === undefined) return;
  const page = htmlPage(view, await assets());
  await withOutput(context, new LocalFileSystem(), file, (output) => output.write(page));
  context.log.note(`page written to ${file}`);
}

/** What the build put beside the bundled program, from there or from the modules. */
async function assets(): Promise<PageAssets> {
  const folder = new URL(/\/bundle\/[^/]*$/.test(import.meta.url) ? './' : './bundle/', import.meta.url);
  const read = (name: string) => readFile(new URL(name, folder), 'utf8');
  return { script: await read('page.js'), style: await read('page-style.css') };
}
