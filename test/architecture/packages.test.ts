import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { exists, expectNone, ROOT, readJson, readText } from './source-tree.js';
import { PACKAGES } from './tables.js';

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly type: string;
  readonly private?: boolean;
  readonly workspaces?: readonly string[];
  readonly engines: { readonly node: string };
  readonly exports?: { readonly [path: string]: { readonly types: string; readonly default: string } };
  readonly bin?: { readonly [name: string]: string };
  readonly files?: readonly string[];
  readonly scripts?: { readonly [name: string]: string };
  readonly dependencies?: Versions;
  readonly devDependencies?: Versions;
  readonly optionalDependencies?: Versions;
  readonly peerDependencies?: Versions;
}

interface Versions {
  readonly [name: string]: string;
}

interface LockFile {
  readonly packages: {
    readonly [path: string]: {
      readonly resolved?: string;
      readonly link?: boolean;
      readonly optionalDependencies?: Versions;
    };
  };
}

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
const FILES = ['package.json', ...PACKAGES.map(({ folder }) => `${folder}/package.json`)];

describe('package.json files', () => {
  for (const file of FILES) {
    const packageJson = readJson<PackageJson>(file);

    test(`${file} names exact versions`, () => {
      const { dependencies, devDependencies, optionalDependencies, peerDependencies } = packageJson;
      const all = { ...dependencies, ...devDependencies, ...optionalDependencies, ...peerDependencies };
      const loose = Object.entries(all).filter(([, version]) => !EXACT.test(version));
      expectNone(loose.map(([name, version]) => `${name}: ${version}, please use one exact version instead`));
    });

    test(`${file} lists a dependency once`, () => {
      const lists = [packageJson.dependencies, packageJson.devDependencies, packageJson.optionalDependencies];
      const names = lists.flatMap((list) => Object.keys(list ?? {}));
      const twice = names.filter((name, index) => names.indexOf(name) !== index);
      expectNone(twice.map((name) => `${name}, please decide whether the package works without it`));
    });

    test(`${file} agrees with the root on version, licence and Node`, () => {
      const root = readJson<PackageJson>('package.json');
      const { version, license, type, engines } = packageJson;
      assert.deepEqual(
        { version, license, type, engines },
        { version: root.version, license: 'Apache-2.0', type: 'module', engines: { node: '>=20.19' } },
      );
    });

    test(`${file} runs nothing when it is installed`, () => {
      const hooks = Object.keys(packageJson.scripts ?? {}).filter((name) =>
        /^(pre|post)?(install|prepare)$/.test(name),
      );
      expectNone(hooks.map((name) => `${name}, please make it a script that people call`));
    });
  }

  for (const { folder } of PACKAGES.filter(({ folder }) => folder.startsWith('packages/'))) {
    test(`${folder} exports its index and nothing deeper`, () => {
      const packageJson = readJson<PackageJson>(`${folder}/package.json`);
      assert.deepEqual(packageJson.exports, {
        '.': { types: './dist/index.d.ts', default: './dist/index.js' },
      });
      assert.deepEqual(packageJson.files, ['dist', '!dist/.tsbuildinfo', 'src']);
    });
  }

  test('the workspaces are the rows of the table', () => {
    const { workspaces } = readJson<PackageJson>('package.json');
    assert.deepEqual(workspaces, ['packages/*', 'cli', 'tui']);
  });

  test('the command is called statewright, and stands in the tree: npm ci links nothing that is not there yet', () => {
    const { bin } = readJson<PackageJson>('cli/package.json');
    assert.deepEqual(bin, { statewright: './bin/statewright.js' });
    assert.match(readText('cli/bin/statewright.js'), /^#!\/usr\/bin\/env node\n/);
    assert.ok(statSync(path.join(ROOT, 'cli/bin/statewright.js')).mode & 0o100, 'please make it executable');
  });
});

test('the lock file holds no download address', () => {
  const { packages } = readJson<LockFile>('package-lock.json');
  const addressed = Object.entries(packages).filter(
    ([, { resolved, link }]) => resolved !== undefined && !link,
  );
  expectNone(
    addressed.map(([name]) => `${name}, please run npm with omit-lockfile-registry-resolved=true instead`),
  );
});

test('the lock file lists optional packages of every platform, or npm ci refuses it', () => {
  const { packages } = readJson<LockFile>('package-lock.json');
  const optional = Object.values(packages).flatMap(({ optionalDependencies }) =>
    Object.keys(optionalDependencies ?? {}),
  );
  const missing = optional.filter((name) => !(`node_modules/${name}` in packages));
  expectNone(missing.map((name) => `${name}, please put its entry back: npm drops what it could not fetch`));
});

test('what a stranger looks for first is there', () => {
  const expected = [
    '.ci/run',
    'CHANGELOG.md',
    'CONTRIBUTING.md',
    'LICENSE',
    'README.md',
    'docs/adding.md',
    'docs/architecture.md',
    'docs/README.md',
    'tui/README.md',
  ];
  expectNone(expected.filter((file) => !exists(file)).map((file) => `${file} is missing, please write it`));
});
