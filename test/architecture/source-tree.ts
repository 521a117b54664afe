import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { PACKAGES, type PackageRow } from './tables.js';

/** The checkout's root folder. */
export const ROOT = path.resolve(fileURLToPath(new URL('../../../', import.meta.url)));

/** A TypeScript file of the tree. */
export interface SourceFile {
  /** Relative to the root, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly ast: ts.SourceFile;
}

/** Parses text as if it stood at `path`; how the rules' own tests make bad examples. */
export function parse(path: string, text: string): SourceFile {
  return { path, text, ast: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) };
}

const parsed = new Map<string, SourceFile>();

/** The TypeScript files below a folder, build output left out. */
export function sourcesIn(folder: string): SourceFile[] {
  return listFiles(folder)
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
    .map((file) => {
      const known = parsed.get(file) ?? parse(file, readText(file));
      parsed.set(file, known);
      return known;
    });
}

/** Each package with its sources. */
export function packagesWithSources(): { readonly row: PackageRow; readonly sources: SourceFile[] }[] {
  return PACKAGES.map((row) => ({ row, sources: sourcesIn(`${row.folder}/src`) }));
}

/** A file's text, by its path from the root. */
export function readText(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

/** A file's JSON, by its path from the root. */
export function readJson<T>(file: string): T {
  return JSON.parse(readText(file)) as T;
}

/** Whether there is such a file or folder below the root. */
export function exists(file: string): boolean {
  return existsSync(path.join(ROOT, file));
}

/** All files that git tracks or would track. */
export function trackedFiles(): string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const names = execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 26 }).split('\0');
  return [...new Set(names)].filter((name) => name !== '' && exists(name)).sort();
}

/** Every node of a file, parents before children. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    children.push(child);
  });
  for (const child of children) yield* nodesOf(child);
}

/** `path:line` of a node. */
export function placeOf(source: SourceFile, node: ts.Node): string {
  return `${source.path}:${lineOf(source.ast, node.getStart(source.ast))}`;
}

/** One-based line of a position. */
export function lineOf(ast: ts.SourceFile, position: number): number {
  return ast.getLineAndCharacterOfPosition(position).line + 1;
}

/** Fails with all violations, one a line. */
export function expectNone(violations: readonly string[]): void {
  if (violations.length > 0) assert.fail(`${violations.length} found:\n${violations.join('\n')}`);
}

function listFiles(folder: string): string[] {
  if (!exists(folder)) return [];
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const file = `${folder}/${entry.name}`;
      if (!entry.isDirectory()) return [file];
      return entry.name === 'dist' || entry.name === 'node_modules' ? [] : listFiles(file);
    });
}
