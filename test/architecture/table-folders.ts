import ts from 'typescript';
import { nodesOf, type SourceFile } from './source-tree.js';
import type { TableFolder } from './tables.js';

/** The files of a table's folder: all beside `index.ts`, without those that are no row. */
export function rowFiles(sources: readonly SourceFile[], { folder, rows, helpers }: TableFolder): string[] {
  return sources
    .map(({ path }) => path)
    .filter((path) => path.startsWith(`${folder}/`) && !path.slice(folder.length + 1).includes('/'))
    .map((path) => path.slice(folder.length + 1))
    .filter((name) => name !== 'index.ts' && rows.test(name) && !helpers.includes(name));
}

/** Files that an index imports a value from and uses it, or loads with `import()`; `./list.js` as `list.ts`. */
export function filesInTable(index: SourceFile): string[] {
  const uses = identifiersUsed(index);
  const imported = index.ast.statements.filter(ts.isImportDeclaration).filter((statement) => {
    const bindings = statement.importClause?.namedBindings;
    const names = bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements : [];
    return names.some((element) => !element.isTypeOnly && uses.has(element.name.text));
  });
  const modules = [...imported.map(({ moduleSpecifier }) => moduleSpecifier), ...loadedModules(index)];
  return modules
    .filter(ts.isStringLiteral)
    .filter(({ text }) => text.startsWith('./'))
    .map(({ text }) => text.slice(2).replace(/\.js$/, '.ts'));
}

function loadedModules(index: SourceFile): ts.Expression[] {
  return [...nodesOf(index.ast)].flatMap((node) =>
    ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
      ? node.arguments.slice(0, 1)
      : [],
  );
}

function identifiersUsed(index: SourceFile): Set<string> {
  const names = new Set<string>();
  for (const statement of index.ast.statements) {
    if (ts.isImportDeclaration(statement)) continue;
    for (const node of nodesOf(statement)) if (ts.isIdentifier(node)) names.add(node.text);
  }
  return names;
}

/** Java class names that an index's folder claims twice: two rows for one class, and one of them is never reached. */
export function classNamesClaimedTwice(sources: readonly SourceFile[]): string[] {
  const owners = new Map<string, Set<string>>();
  for (const source of sources) {
    for (const node of nodesOf(source.ast)) {
      if (!ts.isPropertyAssignment(node) || node.name.getText(source.ast) !== 'classNames') continue;
      for (const literal of nodesOf(node.initializer)) {
        if (!ts.isStringLiteralLike(literal)) continue;
        owners.set(literal.text, (owners.get(literal.text) ?? new Set()).add(source.path));
      }
    }
  }
  return [...owners]
    .filter(([, files]) => files.size > 1)
    .map(([name, files]) => `${name} has a row in ${[...files].join(' and ')}, please keep one`);
}
