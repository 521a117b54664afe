import { readText, trackedFiles } from '../architecture/source-tree.js';

/** A page of documentation. */
export interface Page {
  /** Relative to the root. */
  readonly path: string;
  readonly text: string;
}

/** All Markdown pages of the project. */
export function pages(): Page[] {
  return trackedFiles()
    .filter((path) => path.endsWith('.md'))
    .map((path) => ({ path, text: readText(path) }));
}

/** The fenced blocks of a page in one language. */
export function blocksOf(page: Page, language: string): string[] {
  const fence = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms');
  return [...page.text.matchAll(fence)].map((match) => match[1] ?? '');
}

/** Targets of links outside of fenced blocks. */
export function linksOf(page: Page): string[] {
  const prose = page.text.replace(/^```.*?^```$/gms, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
}

/** The anchors that a page's headings make, as code hosts spell them. */
export function anchorsOf(page: Page): string[] {
  const headings = [...page.text.replace(/^```.*?^```$/gms, '').matchAll(/^#+ (.+)$/gm)];
  return headings.map((match) =>
    (match[1] ?? '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
}
