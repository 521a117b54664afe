import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ROOT, trackedFiles } from './source-tree.js';

/** Runs a program in a folder; what it printed and how it ended. */
function run(
  folder: string,
  script: string,
  ...args: string[]
): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(ROOT, script), ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, output: `${stdout}${stderr}` };
}

describe('the scaffold, in a copy of the tree', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'statewright-scaffold-'));
  const textOf = (file: string) => readFileSync(path.join(folder, file), 'utf8');

  before(() => {
    const wanted = /^(packages\/|cli\/|tui\/|tsconfig|biome\.json|package\.json|\.gitignore)/;
    for (const file of trackedFiles().filter((file) => wanted.test(file))) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      cpSync(path.join(ROOT, file), path.join(folder, file));
    }
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  test('writes the file, the row and the place of the fixture', () => {
    const kinds = [
      ['snapshot', 'interval', 'packages/serializers/src/snapshots', `from './interval.js'`],
      ['handle', 'cloud-file', 'packages/savepoint/src/handles', `from './cloud-file.js'`],
      ['command', 'count-operators', 'cli/src/commands', `import('./count-operators.js')`],
    ] as const;
    for (const [kind, name, table, row] of kinds) {
      const { status, output } = run(folder, 'scripts/scaffold.mjs', kind, name);
      assert.equal(status, 0, output);
      assert.match(textOf(`${table}/${name}.ts`), /export const/);
      assert.ok(textOf(`${table}/index.ts`).includes(row), `${table}/index.ts has no row`);
    }
    assert.match(
      textOf('test/serializers/snapshot-interval.test.ts'),
      /fixtures\/serializers\/interval-flink2\.3/,
    );
    assert.match(textOf('test/savepoint/handle-cloud-file.test.ts'), /fixtures\/savepoints\/cloud-file/);
    assert.match(textOf('test/cli/count-operators.txt'), /^\$ statewright count-operators/);
    assert.match(textOf('packages/savepoint/src/handles/model.ts'), /CLOUD_FILE_HANDLE: \d+,/);
  });

  test('what it wrote compiles, but for the one place that must know where a new handle lies', () => {
    const { output } = run(
      folder,
      'node_modules/typescript/bin/tsc',
      '-b',
      '--pretty',
      'false',
      'packages/savepoint',
      'cli',
    );
    const files = new Set(
      output.split('\n').flatMap((line) => /^(.+?)\(\d+,\d+\): error/.exec(line)?.[1] ?? []),
    );
    assert.deepEqual([...files], ['packages/savepoint/src/resolve-handle.ts'], output);
  });

  test('overwrites nothing and takes no strange names', () => {
    const before = textOf('packages/serializers/src/snapshots/index.ts');
    for (const args of [
      ['snapshot', 'list'],
      ['snapshot', '../x'],
      ['command', 'Upper'],
      ['rule', 'x'],
      [],
    ]) {
      assert.equal(run(folder, 'scripts/scaffold.mjs', ...args).status, 2, args.join(' '));
    }
    assert.equal(textOf('packages/serializers/src/snapshots/index.ts'), before);
  });
});
