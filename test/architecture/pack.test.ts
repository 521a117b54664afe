import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ROOT } from './source-tree.js';
import { PACKAGES } from './tables.js';

/*
 * What `npm pack` makes, unpacked into an empty folder beside nothing but its own dependencies: what a user of the
 * published packages gets. Third-party modules are linked from the checkout, so that no registry is needed.
 */

const PUBLISHED = PACKAGES.filter(({ folder }) => folder !== 'tui');
const WORKSPACES = new Set(PUBLISHED.map(({ name }) => name));

interface Packed {
  readonly name: string;
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

function packAll(destination: string): Packed[] {
  const args = ['pack', '--json', '--silent', '--pack-destination', destination];
  const workspaces = PUBLISHED.map(({ folder }) => `--workspace=${folder}`);
  const output = execFileSync('npm', [...args, ...workspaces], { cwd: ROOT, encoding: 'utf8' });
  const parsed = JSON.parse(output.slice(output.search(/^[[{]/m))) as Packed[] | Record<string, Packed>;
  return Object.values(parsed);
}

function unpack(packed: Packed, from: string, modules: string): void {
  const target = path.join(modules, packed.name);
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['-xzf', path.join(from, packed.filename), '-C', target, '--strip-components=1']);
  const packageJson = JSON.parse(readFileSync(path.join(target, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
    optionalDependencies?: Record<string, string>;
  };
  const dependencies = Object.keys({ ...packageJson.dependencies, ...packageJson.optionalDependencies });
  for (const name of dependencies.filter((name) => !WORKSPACES.has(name))) {
    const link = path.join(target, 'node_modules', name);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.join(ROOT, 'node_modules', name), link);
  }
}

describe('packed packages, unpacked into an empty folder', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'statewright-pack-'));
  const modules = path.join(folder, 'node_modules');
  let packed: Packed[] = [];

  before(() => {
    packed = packAll(folder);
    for (const one of packed) unpack(one, folder, modules);
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  for (const { name } of PUBLISHED.filter(({ folder }) => folder !== 'cli')) {
    test(`${name} can be imported`, () => {
      const code = `console.log(Object.keys(await import(${JSON.stringify(name)})).length)`;
      const output = execFileSync(process.execPath, ['--input-type=module', '-e', code], {
        cwd: folder,
        encoding: 'utf8',
      });
      assert.ok(Number(output) > 0, `${name} exports nothing`);
    });
  }

  test('statewright --help runs', () => {
    const main = path.join(modules, 'statewright/bin/statewright.js');
    assert.match(
      execFileSync(process.execPath, [main, '--help'], { cwd: folder, encoding: 'utf8' }),
      /Usage: statewright/,
    );
  });

  test('they hold what was built and its sources, and nothing else', () => {
    const allowed =
      /^(package\.json|README\.md|LICENSE|NOTICE|bin\/statewright\.js|dist\/.*\.(js|d\.ts)(\.map)?|dist\/bundle\/page-style\.css|dist\/bundle\/rules\/[a-z0-9-]+\.md|src\/.*\.ts)$/;
    const strange = packed.flatMap(({ name, files }) =>
      files
        .map((file) => `${name}/${file.path}`)
        .filter((file) => !allowed.test(file.slice(name.length + 1))),
    );
    assert.deepEqual(strange, [], 'please name what is published in "files"');
  });
});
