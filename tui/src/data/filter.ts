import { StatewrightError } from '@statewright/bytes';
import type { StateEntry } from '@statewright/savepoint';
import { toJson } from '@statewright/serializers';
import { keyText } from './key-row.js';
import type { Mask } from './mask.js';

/** A filter of entries, as it was typed and compiled. */
export interface KeyFilter {
  readonly text: string;
  /** Looks at values: maps must not come in parts. */
  readonly whole: boolean;
  matches(entry: StateEntry, mask: Mask): boolean;
}

/** Characters of a key that a filter looks at. */
const LOOKED_AT = 4096;

/**
 * Reads a filter: text that keys contain, in any case; `-r EXPR` a regular expression, `-f LETTERS` letters in this order,
 * `-v TEXT` text that the value's JSON contains. USAGE when an expression is none.
 */
export function filterOf(text: string): KeyFilter {
  const option = /^-([rfv])\s+(.*)$/.exec(text);
  const rest = option?.[2] ?? text;
  const test = option?.[1] === 'r' ? expression(rest) : option?.[1] === 'f' ? letters(rest) : contains(rest);
  if (option?.[1] === 'v') {
    return { text, whole: true, matches: ({ value }, mask) => test(toJson(mask.apply('value', value))) };
  }
  return { text, whole: false, matches: ({ key }, mask) => test(keyText(mask.apply('key', key), LOOKED_AT)) };
}

type Test = (text: string) => boolean;

function contains(wanted: string): Test {
  const lower = wanted.toLowerCase();
  return (text) => text.toLowerCase().includes(lower);
}

function expression(source: string): Test {
  try {
    const compiled = new RegExp(source, 'u');
    return (text) => compiled.test(text);
  } catch (cause) {
    const reason = `"${source}" is no regular expression`;
    throw new StatewrightError('USAGE', { kind: '-r', reason, cause });
  }
}

function letters(wanted: string): Test {
  const chars = [...wanted.toLowerCase()];
  return (text) => {
    const lower = text.toLowerCase();
    let at = -1;
    return chars.every((char) => {
      at = lower.indexOf(char, at + 1);
      return at >= 0;
    });
  };
}
