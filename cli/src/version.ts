import { readFileSync } from 'node:fs';

/** The version of this package; asked for by few, so read when asked. */
export function version(): string {
  // The bundle lies one directory deeper than the modules it was made of.
  for (const place of ['../package.json', '../../package.json']) {
    const found = packageJson(new URL(place, import.meta.url));
    if (found?.name === 'statewright') return found.version;
  }
  return 'unknown';
}

function packageJson(file: URL): { readonly name: string; readonly version: string } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { name: string; version: string };
  } catch {
    return undefined;
  }
}
