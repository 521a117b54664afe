import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { declarationOf, exportedNames, hasDocs, undocumentedReaders, unnamedExports } from './exports.js';
import { expectNone, packagesWithSources, parse, placeOf, type SourceFile } from './source-tree.js';
import { LIMITS } from './tables.js';

const LIBRARIES = packagesWithSources().filter(({ row }) => row.folder.startsWith('packages/'));

/** Exported names of a package whose declaration has no docstring, or cannot be found. */
function undocumentedExports(index: SourceFile, sources: readonly SourceFile[]): string[] {
  return exportedNames(index).flatMap(({ name, from }) => {
    const source = sources.find((one) => one.path === from);
    const declaration = source === undefined ? undefined : declarationOf(source, name);
    if (source === undefined || declaration === undefined) {
      return [
        `${index.path}: ${name} is not declared in ${from}, please export it from where it is declared`,
      ];
    }
    if (hasDocs(source, declaration)) return [];
    return [
      `${placeOf(source, declaration)}: ${name} is public and has no docstring, please write what it is for`,
    ];
  });
}

describe('what packages give away', () => {
  for (const { row, sources } of LIBRARIES) {
    const index = sources.find(({ path }) => path === `${row.folder}/src/index.ts`) as SourceFile;

    test(`${row.folder} exports names only`, () => {
      expectNone(sources.flatMap(unnamedExports));
    });

    test(`${row.folder} exports at most ${LIMITS.valueExports} values`, () => {
      const values = exportedNames(index).filter(({ typeOnly }) => !typeOnly);
      const names = values.map(({ name }) => name).join(', ');
      assert.ok(
        values.length <= LIMITS.valueExports,
        `${row.folder} exports ${values.length} values (${names}), please join or hide some instead`,
      );
    });

    test(`${row.folder} explains each of its exports`, () => {
      expectNone(undocumentedExports(index, sources));
    });

    test(`${row.folder} writes the grammar above readers and writers`, () => {
      expectNone(sources.flatMap(undocumentedReaders));
    });
  }
});

describe('the rules themselves', () => {
  const undocumented = (declaration: string) => {
    const index = parse('packages/x/src/index.ts', `export { a } from './a.js';`);
    return undocumentedExports(index, [index, parse('packages/x/src/a.ts', declaration)]);
  };

  test('a docstring right above counts, one far above does not', () => {
    assert.deepEqual(undocumented('/** What it is. */\nexport function a(): void {}'), []);
    assert.equal(undocumented('/* The file. */\n\nexport const a = 1;').length, 1);
    assert.equal(undocumented('export const a = 1;').length, 1);
  });

  test('`export *` and default exports are seen', () => {
    const bad = [
      `export * from './a.js';`,
      `export * as a from './a.js';`,
      'export default 1;',
      'export default class A {}',
    ];
    for (const text of bad) assert.equal(unnamedExports(parse('packages/x/src/a.ts', text)).length, 1, text);
  });

  test('a reader without its grammar is seen', () => {
    assert.equal(undocumentedReaders(parse('a.ts', 'export function readThing() {}')).length, 1);
    assert.equal(undocumentedReaders(parse('a.ts', 'export function writeThing() {}')).length, 1);
    const pair = '/* u16 */\nexport function readThing() {}\nexport function writeThing() {}';
    assert.deepEqual(undocumentedReaders(parse('a.ts', pair)), []);
  });
});
