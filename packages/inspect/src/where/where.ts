import type { FlatEntry } from '../export/flat-entries.js';
import { celValue } from './cel-value.js';
import { checkExpression, firstLine, namesIn } from './environment.js';

/** What an expression found out about one entry. */
export type Verdict = boolean | { readonly failed: string };

/** A compiled `--where`: true, false, or why it could not be told for this entry. */
export type Where = (entry: FlatEntry) => Verdict;

/** The names an expression may use, and what they stand for. `namespace` is reserved in CEL, hence `ns`. */
const VARIABLES: { readonly [name: string]: (entry: FlatEntry) => unknown } = {
  uid: ({ state }) => state.operator.uid ?? null,
  operatorId: ({ state }) => state.operator.id,
  state: ({ state }) => state.name,
  kind: ({ state }) => state.kind,
  keyGroup: ({ keyGroup }) => (keyGroup === undefined ? null : BigInt(keyGroup)),
  subtask: ({ subtask }) => BigInt(subtask),
  key: ({ key }) => celValue(key),
  ns: ({ namespace }) => celValue(namespace),
  value: ({ value }) => celValue(value),
  ttl: ({ ttl }) => (ttl === undefined ? null : ttl),
  index: ({ index }) => (index === undefined ? null : BigInt(index)),
  userKey: ({ userKey }) => (userKey === undefined ? null : celValue(userKey)),
  keyBytes: ({ keyBytes }) => BigInt(keyBytes),
  valueBytes: ({ valueBytes }) => BigInt(valueBytes),
};

const CONDITION = { kind: 'where expression', noun: 'condition' };

/**
 * Compiles a condition in the Common Expression Language: no loops, no side effects, nothing is executed but the
 * expression itself. Numbers compare and calculate across int and double. USAGE when it is no valid condition.
 */
export async function compileWhere(expression: string): Promise<Where> {
  const names = Object.keys(VARIABLES);
  const { evaluate } = await checkExpression(expression, names, CONDITION, (type) =>
    type === 'bool' || type === 'dyn' ? undefined : `the result is of type ${type}, not bool`,
  );
  const used = namesIn(expression, names).map((name) => [name, VARIABLES[name]!] as const);
  return (entry) => {
    const context: { [name: string]: unknown } = {};
    for (const [name, read] of used) context[name] = read(entry);
    let result: unknown;
    try {
      result = evaluate(context);
    } catch (error) {
      return { failed: firstLine(error) };
    }
    return typeof result === 'boolean' ? result : { failed: 'the result is neither true nor false' };
  };
}
