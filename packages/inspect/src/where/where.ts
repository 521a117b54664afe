import type { Environment } from '@marcbachmann/cel-js';
import { StatewrightError } from '@statewright/bytes';
import type { FlatEntry } from '../export/flat-entries.js';
import { celValue } from './cel-value.js';

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

/**
 * Compiles a condition in the Common Expression Language: no loops, no side effects, nothing is executed but the
 * expression itself. Numbers compare and calculate across int and double. USAGE when it is no valid condition.
 */
export async function compileWhere(expression: string): Promise<Where> {
  const evaluate = parse(expression, await environment());
  const used = Object.entries(VARIABLES).filter(([name]) => new RegExp(`\\b${name}\\b`).test(expression));
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

function parse(expression: string, environment: Environment): (context: object) => unknown {
  try {
    const parsed = environment.parse(expression);
    const checked = parsed.check();
    if (!checked.valid) throw checked.error;
    if (checked.type !== 'bool' && checked.type !== 'dyn') {
      throw new Error(`the result is of type ${checked.type}, not bool`);
    }
    return parsed as unknown as (context: object) => unknown;
  } catch (cause) {
    throw new StatewrightError('USAGE', {
      kind: 'where expression',
      reason: `${JSON.stringify(expression)} is no condition in CEL (${firstLine(cause)})`,
      next: `its names are ${Object.keys(VARIABLES).join(', ')}`,
      cause,
    });
  }
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0]!.trim();
}

type Calculation = (a: number, b: number) => number;

const CALCULATIONS: readonly (readonly [string, Calculation])[] = [
  ['+', (a, b) => a + b],
  ['-', (a, b) => a - b],
  ['*', (a, b) => a * b],
  ['/', (a, b) => a / b],
  ['%', (a, b) => a % b],
];

/** CEL keeps int and double apart; a snapshot's `int` comes out as a number, so that mixing them must work. */
async function environment(): Promise<Environment> {
  // Loaded here, because few commands need it and all of them start faster without.
  const cel = await import('@marcbachmann/cel-js');
  const made = new cel.Environment({ homogeneousAggregateLiterals: false, enableOptionalTypes: true });
  for (const name of Object.keys(VARIABLES)) made.registerVariable(name, 'dyn');
  for (const [sign, calculate] of CALCULATIONS) {
    made.registerOperator(`double ${sign} int: double`, (a: number, b: bigint) => calculate(a, Number(b)));
    made.registerOperator(`int ${sign} double: double`, (a: bigint, b: number) => calculate(Number(a), b));
  }
  made.registerOperator('double == int: bool', (a: number, b: bigint) => a === Number(b));
  made.registerOperator('double % double: double', (a: number, b: number) => a % b);
  return made;
}
