import { existsSync } from 'node:fs';
import { hostname } from 'node:os';

/** Where the build put the pages of rules, from the bundled program or from the modules. */
const FOLDER = new URL(
  /\/bundle\/[^/]*$/.test(import.meta.url) ? './rules/' : './bundle/rules/',
  import.meta.url,
);

/**
 * The address of a rule's page, a file that is installed with the program; undefined where there is none. It names the machine, so
 * that a terminal on another one does not look for the file there.
 */
export function ruleUrl(id: string): string | undefined {
  if (!/^[a-z0-9-]+$/.test(id)) return undefined;
  const page = new URL(`${id}.md`, FOLDER);
  return existsSync(page) ? `file://${hostname()}${page.pathname}` : undefined;
}
