import ts from 'typescript';
import { nodesOf, placeOf, type SourceFile } from './source-tree.js';
import { FORBIDDEN_GLOBALS } from './tables.js';

/** Uses of globals that stay out of packages: printing, the process, the network, code from text. */
export function forbiddenGlobals(source: SourceFile): string[] {
  return [...nodesOf(source.ast)].flatMap((node) => {
    if (isFunctionConstructor(node)) {
      return [`${placeOf(source, node)}: makes code from text, please compile closures instead`];
    }
    if (!ts.isIdentifier(node) || !isReference(node)) return [];
    const instead = Object.hasOwn(FORBIDDEN_GLOBALS, node.text) ? FORBIDDEN_GLOBALS[node.text] : undefined;
    return instead === undefined
      ? []
      : [`${placeOf(source, node)}: uses ${node.text}, please use ${instead}`];
  });
}

function isFunctionConstructor(node: ts.Node): boolean {
  const called = ts.isNewExpression(node) || ts.isCallExpression(node);
  return called && ts.isIdentifier(node.expression) && node.expression.text === 'Function';
}

/** Whether an identifier is read, called or handed on; members, declared names and types are not. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent))
    return parent.expression === node;
  if (ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent)) return parent.initializer === node;
  return ts.isCallExpression(parent) || ts.isNewExpression(parent) || ts.isReturnStatement(parent);
}

/** Reasons and next steps of errors that are no single sentence without a full stop. */
export function badSentences(source: SourceFile): string[] {
  return [...nodesOf(source.ast)].flatMap((node) => {
    if (!ts.isPropertyAssignment(node) || !['reason', 'next'].includes(node.name.getText(source.ast)))
      return [];
    return literalEnds(node.initializer).flatMap((end) =>
      /[.!:;,\s]$|\n/.test(end)
        ? [`${placeOf(source, node)}: "${end}", please use one sentence without a full stop instead`]
        : [],
    );
  });
}

/** The last literal piece of every text that an expression can give; empty pieces (an inserted value ends it) are left out. */
function literalEnds(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node))
    return [node.templateSpans.at(-1)?.literal.text ?? ''].filter((text) => text !== '');
  if (ts.isConditionalExpression(node))
    return [...literalEnds(node.whenTrue), ...literalEnds(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return literalEnds(node.right);
  return ts.isParenthesizedExpression(node) ? literalEnds(node.expression) : [];
}

/** Top-level `let`: state that every user of the package would share. What is only ever set by `??=` is a lazy constant. */
export function sharedState(source: SourceFile): string[] {
  return source.ast.statements.flatMap((statement) => {
    if (!ts.isVariableStatement(statement)) return [];
    if ((statement.declarationList.flags & ts.NodeFlags.Const) !== 0) return [];
    const names = statement.declarationList.declarations.map(({ name }) => name.getText(source.ast));
    if (names.every((name) => isLazyConstant(source, name))) return [];
    return [
      `${placeOf(source, statement)}: state of the whole process, please use an argument with a default instead`,
    ];
  });
}

function isLazyConstant(source: SourceFile, name: string): boolean {
  const operators = [...nodesOf(source.ast)].flatMap((node) =>
    ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind) && node.left.getText() === name
      ? [node.operatorToken.kind]
      : [],
  );
  return (
    operators.length > 0 && operators.every((kind) => kind === ts.SyntaxKind.QuestionQuestionEqualsToken)
  );
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** Notes to oneself in comments. */
export function leftUndone(source: SourceFile): string[] {
  return source.text.split('\n').flatMap((line, index) => {
    const found = /\b(TODO|FIXME|XXX|HACK)\b|not implemented/.exec(line);
    return found === null ? [] : [`${source.path}:${index + 1}: ${found[0]}, please do it or open an issue`];
  });
}
