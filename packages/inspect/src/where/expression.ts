import { StatewrightError } from '@statewright/bytes';
import { celValue, exactCelValue, originals } from './cel-value.js';
import { checkExpression, firstLine, namesIn } from './environment.js';

/** What an expression gives for some values, or why it gives nothing. */
export type ExpressionResult = { readonly value: unknown } | { readonly failed: string };

/** A compiled expression. */
export interface Expression {
  /** Those of the names that it uses. */
  readonly names: readonly string[];
  /**
   * Decoded values by name. The result holds numbers, bigints (CEL's int), strings, booleans, null, bytes, lists and
   * JavaScript Maps; what CEL has no exact form of (a subclass instance, an instant's nanoseconds, opaque bytes) comes back
   * as the decoded value it was.
   */
  evaluate(values: { readonly [name: string]: unknown }): ExpressionResult;
}

/** What is asked of an expression. */
export interface ExpressionOptions {
  /** What messages call it, for example `map-values expression`. */
  readonly kind: string;
  /** It must give true or false. */
  readonly condition?: boolean;
}

/**
 * Compiles an expression in the Common Expression Language on named decoded values: no loops, no side effects, nothing is
 * executed but the expression itself. In a condition values are as in `--where`; an expression that gives values rounds
 * none, so that there BigDecimals are texts. USAGE when it is no valid expression.
 */
export async function compileExpression(
  text: string,
  names: readonly string[],
  { kind, condition = false }: ExpressionOptions,
): Promise<Expression> {
  const what = { kind, noun: condition ? 'condition' : 'expression' };
  expectKeptMembers(text, kind);
  const { evaluate } = await checkExpression(text, names, what, (type) =>
    !condition || type === 'bool' || type === 'dyn' ? undefined : `the result is of type ${type}, not bool`,
  );
  const used = namesIn(text, names);
  const toCel = condition ? celValue : exactCelValue;
  return {
    names: used,
    evaluate(values) {
      const context: { [name: string]: unknown } = {};
      for (const name of used) context[name] = toCel(values[name]);
      let value: unknown;
      try {
        value = evaluate(context);
      } catch (error) {
        return { failed: firstLine(error) };
      }
      if (condition && typeof value !== 'boolean') {
        return { failed: 'the result is neither true nor false' };
      }
      return { value: originals(value) };
    },
  };
}

const LEFT_OUT = /["'](__proto__|constructor|prototype)["']\s*:/;

/** The library leaves out members of these names, without a word. */
function expectKeptMembers(text: string, kind: string): void {
  const [, name] = LEFT_OUT.exec(text) ?? [];
  if (name === undefined) return;
  const reason = `an object that an expression writes cannot have the member "${name}"`;
  throw new StatewrightError('USAGE', { kind, reason, next: 'use a module' });
}
