import { test } from 'node:test';
import { ERROR_CODES } from '@statewright/bytes';
import { expectNone, packagesWithSources, readText, trackedFiles } from './source-tree.js';

/** A defect of the toolkit cannot be provoked: whoever finds out how to, mends it. */
const UNTESTABLE = ['INTERNAL'];

const CODES = Object.keys(ERROR_CODES);
const DECLARED = 'packages/bytes/src/errors.ts';

function unused(codes: readonly string[], texts: readonly string[]): string[] {
  return codes.filter((code) => !texts.some((text) => new RegExp(`\\b${code}\\b`).test(text)));
}

test('each error code is thrown somewhere', () => {
  const sources = packagesWithSources().flatMap((each) => each.sources);
  const texts = sources.filter(({ path }) => path !== DECLARED).map(({ text }) => text);
  expectNone(unused(CODES, texts).map((code) => `${code}, please remove it before it is released`));
});

test('each error code is provoked by a test', () => {
  const files = trackedFiles().filter((file) => /^test\/.*\.(ts|txt|json)$/.test(file));
  const texts = files.filter((file) => !file.startsWith('test/architecture/')).map(readText);
  const codes = CODES.filter((code) => !UNTESTABLE.includes(code));
  expectNone(unused(codes, texts).map((code) => `${code}, please provoke it in a test and name it there`));
});
