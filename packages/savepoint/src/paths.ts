import { resolve } from 'node:path';

const SCHEME = /^([a-zA-Z][a-zA-Z0-9+.-]*):/;

/** Whether a text is a URI or begins at the root, so that it does not hang on the directory it is found in. */
export function isAbsolute(path: string): boolean {
  return path.startsWith('/') || SCHEME.test(path);
}

/**
 * A path or URI in the form that all paths are compared in: a local one (also `file:/x`, `file:///x`) as an absolute
 * path, one of another scheme as `scheme://authority/path`; without `.`, `..` and empty parts.
 */
export function normalizePath(pathOrUri: string): string {
  const scheme = SCHEME.exec(pathOrUri)?.[1]?.toLowerCase();
  if (scheme === undefined) return clean(pathOrUri);
  const rest = pathOrUri.slice(scheme.length + 1);
  const authority = /^\/\/([^/]*)/.exec(rest);
  const path = clean(authority === null ? rest : rest.slice(authority[0].length));
  return scheme === 'file' ? path : `${scheme}://${authority?.[1] ?? ''}${path}`;
}

/** `normalizePath` of what a user typed: a relative path counts from the working directory. */
export function absolutePath(pathOrUri: string): string {
  return isAbsolute(pathOrUri) ? normalizePath(pathOrUri) : normalizePath(resolve(pathOrUri));
}

function clean(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function joinPath(directory: string, name: string): string {
  return directory.endsWith('/') ? directory + name : `${directory}/${name}`;
}

/** Whether a normalized path lies below a normalized directory. */
export function isBelow(directory: string, path: string): boolean {
  return path.startsWith(directory.endsWith('/') ? directory : `${directory}/`);
}

/** Whether a relative path stays below the directory it is joined to. */
export function staysBelow(relativePath: string): boolean {
  return !isAbsolute(relativePath) && !relativePath.split(/[/\\]/).includes('..') && relativePath !== '';
}
