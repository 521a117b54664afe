import ts from 'typescript';
import { lineOf, nodesOf, placeOf, type SourceFile } from './source-tree.js';

/** A function that has a name of its own, and its length from head to closing brace. */
export interface MeasuredFunction {
  readonly name: string;
  readonly place: string;
  readonly lines: number;
}

/** Functions, methods, accessors, constructors, and functions that are given a name; callbacks count with what holds them. */
export function functionsOf(source: SourceFile): MeasuredFunction[] {
  return [...nodesOf(source.ast)].flatMap((node) => {
    if (!isFunctionWithBody(node)) return [];
    const name = nameOf(node);
    if (name === undefined) return [];
    const lines = lineOf(source.ast, node.end) - lineOf(source.ast, node.getStart(source.ast)) + 1;
    return [{ name, place: placeOf(source, node), lines }];
  });
}

function isFunctionWithBody(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;
}

function nameOf(node: ts.FunctionLikeDeclaration): string | undefined {
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  if (node.name !== undefined) return node.name.getText();
  const { parent } = node;
  const named =
    ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent);
  return named ? parent.name.getText() : undefined;
}

/** Lines of a file, as `wc -l` counts them. */
export function linesOf(source: SourceFile): number {
  return source.text.split('\n').length - 1;
}

/** The value below or at which `share` of the numbers lie; 0 of none. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
