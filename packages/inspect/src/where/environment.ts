import type { Environment } from '@marcbachmann/cel-js';
import { StatewrightError } from '@statewright/bytes';

/** An expression that was checked; evaluated it gives what CEL makes of it, or throws. */
export interface Checked {
  readonly evaluate: (context: object) => unknown;
  /** CEL's type of the result; `dyn` when it depends on the values. */
  readonly type: string;
}

/** Checks an expression. USAGE with CEL's own words when it is none, or when `accepts` refuses its type with a reason. */
export async function checkExpression(
  text: string,
  names: readonly string[],
  what: { readonly kind: string; readonly noun: string },
  accepts: (type: string) => string | undefined = () => undefined,
): Promise<Checked> {
  const made = await environment(names);
  try {
    const parsed = made.parse(text);
    const checked = parsed.check();
    if (!checked.valid) throw checked.error;
    const type = String(checked.type);
    const refused = accepts(type);
    if (refused !== undefined) throw new Error(refused);
    return { evaluate: parsed as unknown as Checked['evaluate'], type };
  } catch (cause) {
    throw new StatewrightError('USAGE', {
      kind: what.kind,
      reason: `${JSON.stringify(text)} is no ${what.noun} in CEL (${firstLine(cause)})`,
      next: `its names are ${names.join(', ')}`,
      cause,
    });
  }
}

/** The first line of an error's message: CEL draws the place below it. */
export function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0]!.trim();
}

/** Those of the names that occur in an expression, so that nothing else needs to be converted for it. */
export function namesIn<N extends string>(text: string, names: readonly N[]): N[] {
  return names.filter((name) => new RegExp(`\\b${name}\\b`).test(text));
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
async function environment(names: readonly string[]): Promise<Environment> {
  // Loaded here, because few commands need it and all of them start faster without.
  const cel = await import('@marcbachmann/cel-js');
  const made = new cel.Environment({ homogeneousAggregateLiterals: false, enableOptionalTypes: true });
  for (const name of names) made.registerVariable(name, 'dyn');
  for (const [sign, calculate] of CALCULATIONS) {
    made.registerOperator(`double ${sign} int: double`, (a: number, b: bigint) => calculate(a, Number(b)));
    made.registerOperator(`int ${sign} double: double`, (a: bigint, b: number) => calculate(Number(a), b));
  }
  made.registerOperator('double == int: bool', (a: number, b: bigint) => a === Number(b));
  made.registerOperator('double % double: double', (a: number, b: number) => a % b);
  return made;
}
