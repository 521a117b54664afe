import path from 'node:path';
import { test } from 'node:test';
import { expectNone, trackedFiles } from '../architecture/source-tree.js';
import { anchorsOf, linksOf, type Page, pages } from './markdown.js';

const PAGES = pages();
const FILES = trackedFiles();

/** Whether a clone of the project has it; a folder counts when it has a file. */
function isTracked(target: string): boolean {
  const folder = `${target.replace(/\/$/, '')}/`;
  return FILES.some((file) => file === target || file.startsWith(folder));
}

/** Why a link from a page leads nowhere; undefined when it leads somewhere, or outside. */
function deadLink(page: Page, link: string): string | undefined {
  if (/^[a-z]+:/.test(link)) return undefined;
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? page.path : path.posix.join(path.posix.dirname(page.path), file);
  if (!isTracked(target)) return `${page.path}: ${link} does not exist`;
  const other = PAGES.find((each) => each.path === target);
  if (anchor === undefined || other === undefined || anchorsOf(other).includes(anchor)) return undefined;
  return `${page.path}: ${link} has no such heading`;
}

test('every link inside the documentation leads somewhere', () => {
  const dead = PAGES.flatMap((page) => linksOf(page).map((link) => deadLink(page, link)));
  expectNone(dead.filter((message) => message !== undefined).map((message) => `${message}, please mend it`));
});
