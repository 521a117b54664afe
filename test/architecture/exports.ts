import path from 'node:path';
import ts from 'typescript';
import { placeOf, type SourceFile } from './source-tree.js';

/** One name that a package's index.ts gives away. */
export interface ExportedName {
  readonly name: string;
  readonly typeOnly: boolean;
  /** File that declares it, where the index re-exports from one. */
  readonly from: string;
}

/** The names of an index file. */
export function exportedNames(index: SourceFile): ExportedName[] {
  return index.ast.statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement)) return [];
    const { exportClause, moduleSpecifier, isTypeOnly } = statement;
    if (exportClause === undefined || !ts.isNamedExports(exportClause)) return [];
    const from =
      moduleSpecifier !== undefined && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : '';
    return exportClause.elements.map((element) => ({
      name: (element.propertyName ?? element.name).text,
      typeOnly: isTypeOnly || element.isTypeOnly,
      from: resolve(index.path, from),
    }));
  });
}

function resolve(importer: string, module: string): string {
  return module.startsWith('.')
    ? path.posix.join(path.posix.dirname(importer), module).replace(/\.js$/, '.ts')
    : module;
}

/** `export *` and default exports. */
export function unnamedExports(source: SourceFile): string[] {
  return source.ast.statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement) && !namesEach(statement)) {
      return [`${placeOf(source, statement)}: exports everything, please name what is exported instead`];
    }
    return ts.isExportAssignment(statement) || isDefault(statement)
      ? [`${placeOf(source, statement)}: a default export, please use a named one instead`]
      : [];
  });
}

function namesEach(statement: ts.ExportDeclaration): boolean {
  return statement.exportClause !== undefined && ts.isNamedExports(statement.exportClause);
}

function isDefault(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) ?? false;
}

/** The statement that declares a name at a file's top level. */
export function declarationOf(source: SourceFile, name: string): ts.Statement | undefined {
  return source.ast.statements.find((statement) => {
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.some(
        (one) => ts.isIdentifier(one.name) && one.name.text === name,
      );
    }
    return isNamedDeclaration(statement) && statement.name?.text === name;
  });
}

function isNamedDeclaration(
  statement: ts.Statement,
): statement is
  | ts.FunctionDeclaration
  | ts.ClassDeclaration
  | ts.InterfaceDeclaration
  | ts.TypeAliasDeclaration {
  return (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  );
}

/** Whether a doc comment or a grammar comment stands right above a node. */
export function hasDocs(source: SourceFile, node: ts.Node): boolean {
  const ranges = ts.getLeadingCommentRanges(source.text, node.getFullStart()) ?? [];
  const last = ranges.at(-1);
  if (last === undefined) return false;
  const between = source.text.slice(last.end, node.getStart(source.ast));
  return !/\n\s*\n/.test(between);
}

/** Exported readers without their grammar above them, and writers that stand in a file without a reader and have none. */
export function undocumentedReaders(source: SourceFile): string[] {
  const functions = source.ast.statements.filter(ts.isFunctionDeclaration).filter(isExported);
  const readers = functions.filter(({ name }) => /^read[A-Z]/.test(name?.text ?? ''));
  const writers = functions.filter(({ name }) => /^write[A-Z]/.test(name?.text ?? ''));
  return [...readers, ...(readers.length === 0 ? writers : [])]
    .filter((node) => !hasDocs(source, node))
    .map((node) => {
      const name = node.name?.text;
      return `${placeOf(source, node)}: ${name} has no grammar comment, please write the bytes it follows above it`;
    });
}

function isExported(node: ts.FunctionDeclaration): boolean {
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}
