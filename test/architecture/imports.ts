import path from 'node:path';
import ts from 'typescript';
import { nodesOf, placeOf, type SourceFile } from './source-tree.js';
import { NODE_DOORS, type PackageRow } from './tables.js';

/** One import, export-from, `import()` or `require()` of a file. */
export interface Import {
  readonly module: string;
  readonly typeOnly: boolean;
  /** `path:line` */
  readonly place: string;
}

/** All modules that a file names. */
export function importsOf(source: SourceFile): Import[] {
  const found: Import[] = [];
  for (const node of nodesOf(source.ast)) {
    const module = moduleOf(node);
    if (module === undefined) continue;
    found.push({ module: module.text, typeOnly: isTypeOnly(node), place: placeOf(source, node) });
  }
  return found;
}

function moduleOf(node: ts.Node): ts.StringLiteralLike | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return stringOf(node.moduleSpecifier);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
    return stringOf(node.argument.literal);
  if (!ts.isCallExpression(node)) return undefined;
  const callee = node.expression;
  const imports = callee.kind === ts.SyntaxKind.ImportKeyword;
  return imports || isRequire(callee) ? stringOf(node.arguments[0]) : undefined;
}

/** `require` and `createRequire(…)`. */
function isRequire(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return callee.text === 'require';
  return (
    ts.isCallExpression(callee) &&
    ts.isIdentifier(callee.expression) &&
    callee.expression.text === 'createRequire'
  );
}

function stringOf(node: ts.Node | undefined): ts.StringLiteralLike | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node : undefined;
}

function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportTypeNode(node)) return true;
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  if (!ts.isImportDeclaration(node)) return false;
  const clause = node.importClause;
  if (clause === undefined) return false;
  if (clause.isTypeOnly) return true;
  const names = clause.namedBindings;
  if (clause.name !== undefined || names === undefined || !ts.isNamedImports(names)) return false;
  return names.elements.length > 0 && names.elements.every((element) => element.isTypeOnly);
}

/** `@scope/name/deep/path` or `name/deep` without what follows the package's name. */
export function packageNameOf(module: string): string {
  return module
    .split('/')
    .slice(0, module.startsWith('@') ? 2 : 1)
    .join('/');
}

/** What is wrong with the imports of one file of a package. */
export function importViolations(
  source: SourceFile,
  row: PackageRow,
  workspaces: readonly string[],
): string[] {
  return importsOf(source).flatMap((found) => {
    const wrong = violationOf(found, source, row, workspaces);
    return wrong === undefined ? [] : [`${found.place}: imports ${found.module}; ${wrong}`];
  });
}

function violationOf(
  found: Import,
  source: SourceFile,
  row: PackageRow,
  workspaces: readonly string[],
): string | undefined {
  const { module } = found;
  if (module.startsWith('.')) return relativeViolation(module, source, row);
  if (module.startsWith('node:')) return nodeViolation(module, row);
  const name = packageNameOf(module);
  if (workspaces.includes(name)) return workspaceViolation(found, name, row);
  if (row.doors.includes(name)) return undefined;
  return `${row.folder} is no door for it, please use the package that is (test/architecture/tables.ts)`;
}

function relativeViolation(module: string, source: SourceFile, row: PackageRow): string | undefined {
  const target = path.posix.join(path.posix.dirname(source.path), module);
  if (target.startsWith(`${row.folder}/src/`)) return undefined;
  return 'it leaves the package, please use the name of the package it is in';
}

function nodeViolation(module: string, row: PackageRow): string | undefined {
  const allowed = NODE_DOORS[module];
  if (allowed === undefined || allowed.includes(row.folder)) return undefined;
  const by = allowed.length === 0 ? 'nobody' : allowed.join(' and ');
  return `only ${by} may, please use a port or a parameter instead`;
}

function workspaceViolation(found: Import, name: string, row: PackageRow): string | undefined {
  if (found.module !== name) return `a deep import, please use ${name} instead`;
  if (!row.imports.includes(name)) {
    const allowed = row.imports.join(', ') || 'no other package';
    return `${row.folder} stands left of it in the flow, please use ${allowed} instead`;
  }
  if (row.typesOnly.includes(name) && !found.typeOnly) return 'please use `import type` instead';
  return undefined;
}
