import type { Cursor } from '../cursor.js';
import { type Doc, parens } from '../layout.js';

const LINE = 72;

/** `base64(…)`: on one line, or in lines of 72. */
export function base64Doc(bytes: Uint8Array): Doc {
  const text = Buffer.from(bytes).toString('base64');
  return ['base64', { ...parens(text.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? []), joined: true }];
}

/** Reads what `base64Doc` writes. BAD_DOCUMENT when it is no base64. */
export function readBase64(cursor: Cursor): Uint8Array {
  const at = cursor.at;
  if (!cursor.takeWord('base64')) throw cursor.error(at, `"base64(…)" is expected, but ${cursor.shown()}`);
  const text = cursor.parenthesized('behind "base64"');
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
    throw cursor.error(at, 'what stands in "base64(…)" is no base64');
  }
  return new Uint8Array(Buffer.from(text, 'base64'));
}
