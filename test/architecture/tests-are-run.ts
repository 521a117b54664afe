import ts from 'typescript';
import { nodesOf, placeOf, type SourceFile } from './source-tree.js';

const RUNNERS = new Set(['test', 'it', 'describe', 'suite', 't', 'context']);
const MARKS = new Set(['skip', 'only', 'todo']);

/** Tests that skip themselves, run alone, or are to do: as a method (`test.x`, `t.x()`) or as an option. */
export function markedTests(source: SourceFile): string[] {
  return [...nodesOf(source.ast)].flatMap((node) => {
    if (!ts.isCallExpression(node)) return [];
    const mark = methodMark(node) ?? optionMark(node);
    if (mark === undefined) return [];
    return [`${placeOf(source, node)}: marked ${mark}, please run it, mend it, or remove it`];
  });
}

function methodMark(call: ts.CallExpression): string | undefined {
  const callee = call.expression;
  if (!ts.isPropertyAccessExpression(callee) || !MARKS.has(callee.name.text)) return undefined;
  return ts.isIdentifier(callee.expression) && RUNNERS.has(callee.expression.text)
    ? callee.name.text
    : undefined;
}

function optionMark(call: ts.CallExpression): string | undefined {
  if (!ts.isIdentifier(call.expression) || !RUNNERS.has(call.expression.text)) return undefined;
  const options = call.arguments
    .filter(ts.isObjectLiteralExpression)
    .flatMap(({ properties }) => [...properties]);
  return options.map((option) => option.name?.getText() ?? '').find((name) => MARKS.has(name));
}
