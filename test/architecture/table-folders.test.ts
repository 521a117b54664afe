import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { exists, expectNone, parse, type SourceFile, sourcesIn } from './source-tree.js';
import { classNamesClaimedTwice, filesInTable, rowFiles } from './table-folders.js';
import { TABLE_FOLDERS, type TableFolder } from './tables.js';

function missingRows(sources: readonly SourceFile[], table: TableFolder): string[] {
  const { folder } = table;
  const index = sources.find(({ path }) => path === `${folder}/index.ts`);
  if (index === undefined) return [`${folder}/index.ts is missing, please write the table`];
  const rows = new Set(filesInTable(index));
  return rowFiles(sources, table)
    .filter((file) => !rows.has(file))
    .map((file) => `${folder}/${file} has no row, please add one to ${folder}/index.ts`);
}

describe('one file, one row', () => {
  for (const table of TABLE_FOLDERS) {
    const { folder, helpers } = table;
    test(folder, () => {
      expectNone(missingRows(sourcesIn(folder), table));
    });

    test(`${folder}: what is listed as no row is there`, () => {
      const gone = helpers.filter((file) => !exists(`${folder}/${file}`));
      expectNone(gone.map((file) => `${folder}/${file} is gone, please remove it from TABLE_FOLDERS`));
    });
  }

  test('a serializer snapshot class has one row', () => {
    expectNone(classNamesClaimedTwice(sourcesIn('packages/serializers/src/snapshots')));
  });
});

describe('one command, one transcript', () => {
  const table = TABLE_FOLDERS.find(({ folder }) => folder === 'cli/src/commands') as TableFolder;
  const files = rowFiles(sourcesIn(table.folder), table);

  test('each command has its transcript', () => {
    const verbs = files.map((file) => file.replace(/\.ts$/, ''));
    const missing = verbs.filter((verb) => !exists(`test/cli/${verb}.txt`));
    expectNone(missing.map((verb) => `${verb}: test/cli/${verb}.txt is missing, please record a session`));
  });
});

describe('the rules themselves', () => {
  const files = (index: string) => [
    parse('t/index.ts', index),
    parse('t/list.ts', ''),
    parse('t/deep/x.ts', ''),
    parse('t/help.ts', ''),
  ];
  const missing = (index: string) =>
    missingRows(files(index), { folder: 't', rows: /\.ts$/, helpers: ['help.ts'] });

  test('a row is an import that is used', () => {
    assert.deepEqual(missing(`import { list } from './list.js';\nexport const ALL = [list];`), []);
    assert.deepEqual(missing(`export const ALL = [{ load: () => import('./list.js') }];`), []);
    assert.match(missing(`import { list } from './list.js';`)[0] as string, /t\/list\.ts has no row/);
    assert.equal(missing(`import { type List } from './list.js';\nexport const x: List = 1;`).length, 1);
    assert.equal(missing('export const ALL = [];').length, 1);
  });

  test('a class with two rows is seen', () => {
    const row = (path: string) => parse(path, `export const a = { classNames: ['org.apache.A'] };`);
    assert.equal(classNamesClaimedTwice([row('a.ts'), row('b.ts')]).length, 1);
    assert.equal(classNamesClaimedTwice([row('a.ts')]).length, 0);
  });
});
