import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { importsOf, importViolations, packageNameOf } from './imports.js';
import { expectNone, packagesWithSources, parse, readJson, sourcesIn } from './source-tree.js';
import { PACKAGES, type PackageRow } from './tables.js';

const WORKSPACES = PACKAGES.map((row) => row.name);
const SERIALIZERS = PACKAGES.find((row) => row.folder === 'packages/serializers') as PackageRow;
const REPORT = PACKAGES.find((row) => row.folder === 'packages/report') as PackageRow;

interface PackageJson {
  readonly name: string;
  readonly dependencies?: { readonly [name: string]: string };
  readonly optionalDependencies?: { readonly [name: string]: string };
  readonly devDependencies?: { readonly [name: string]: string };
}

interface TsConfig {
  readonly references?: readonly { readonly path: string }[];
}

describe('imports follow the flow', () => {
  for (const { row, sources } of packagesWithSources()) {
    test(row.folder, () => {
      expectNone(sources.flatMap((source) => importViolations(source, row, WORKSPACES)));
    });
  }

  test('tests import packages by name, and third-party modules that the root lists for development', () => {
    const { devDependencies = {} } = readJson<PackageJson>('package.json');
    const isAllowed = (module: string) =>
      WORKSPACES.includes(module) || packageNameOf(module) in devDependencies;
    const violations = sourcesIn('test').flatMap((source) =>
      importsOf(source)
        .filter(({ typeOnly }) => !typeOnly)
        .filter(({ module }) => !module.startsWith('node:') && !/^\.\.?\/(?!.*src\/)/.test(module))
        .filter(({ module }) => !isAllowed(module))
        .map(
          (found) =>
            `${found.place}: imports ${found.module}, please use a package's public name, or list it in the root package.json`,
        ),
    );
    expectNone(violations);
  });
});

describe('package.json and tsconfig.json tell the same as the import table', () => {
  for (const row of PACKAGES) {
    test(`${row.folder}/package.json`, () => {
      const packageJson = readJson<PackageJson>(`${row.folder}/package.json`);
      assert.equal(packageJson.name, row.name);
      const listed = Object.keys({ ...packageJson.dependencies, ...packageJson.optionalDependencies }).sort();
      assert.deepEqual(
        listed,
        [...row.imports, ...row.doors].sort(),
        'please change the table and package.json together',
      );
    });
  }

  for (const { row, sources } of packagesWithSources().filter(({ sources }) => sources.length > 0)) {
    test(`${row.folder}/tsconfig.json`, () => {
      const { references = [] } = readJson<TsConfig>(`${row.folder}/tsconfig.json`);
      const folders = PACKAGES.filter(({ name }) => row.imports.includes(name)).map(({ folder }) => folder);
      const up = '../'.repeat(row.folder.split('/').length);
      const expected = folders.map((folder) => `${up}${folder}`.replace('../../packages/', '../'));
      assert.deepEqual(references.map(({ path }) => path).sort(), expected.sort());
    });

    test(`${row.folder} uses each of its doors`, () => {
      const used = new Set(sources.flatMap(importsOf).map(({ module }) => packageNameOf(module)));
      const unused = row.doors.filter((door) => !used.has(door));
      expectNone(
        unused.map(
          (door) => `${row.folder} never imports ${door}, please remove it from package.json and the table`,
        ),
      );
    });
  }

  test('a third-party module has one door', () => {
    const doors = PACKAGES.flatMap((row) => row.doors);
    assert.equal(new Set(doors).size, doors.length);
  });
});

describe('the rule itself', () => {
  const violationsOf = (text: string, row: PackageRow) =>
    importViolations(parse(`${row.folder}/src/snapshots/x.ts`, text), row, WORKSPACES);

  test('lets the flow, inner files, Node and the own door pass', () => {
    const text = `
      import { DataInputView } from '@statewright/bytes';
      import { y } from '../y.js';
      import { Buffer } from 'node:buffer';
      import avro from 'avsc';`;
    assert.deepEqual(violationsOf(text, { ...SERIALIZERS, doors: ['avsc'] }), []);
  });

  const bad: readonly (readonly [string, PackageRow, RegExp])[] = [
    [`import { a } from '@statewright/savepoint';`, SERIALIZERS, /:1: .*left of it in the flow/],
    [`\nexport { a } from '@statewright/bytes/dist/span.js';`, SERIALIZERS, /:2: .*deep import/],
    [`import { a } from '../../../bytes/src/span.js';`, SERIALIZERS, /leaves the package/],
    [`const a = await import('snappy');`, SERIALIZERS, /no door/],
    [`const a = createRequire(import.meta.url)('snappy');`, SERIALIZERS, /no door/],
    [`import { readFile } from 'node:fs/promises';`, SERIALIZERS, /only packages\/bytes and cli may/],
    [`import { tree } from '@statewright/inspect';`, REPORT, /import type/],
  ];
  for (const [text, row, message] of bad) {
    test(`refuses ${text.trim()}`, () => {
      const violations = violationsOf(text, row);
      assert.equal(violations.length, 1);
      assert.match(violations[0] as string, message);
    });
  }
});
