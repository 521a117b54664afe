import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { expectNone, ROOT, readText, trackedFiles } from './source-tree.js';

/** Starts of paths that exist on one machine only. Written in pieces, or this file would be found. */
const FOREIGN = ['root', 'home/[a-z]+', 'Users/[A-Za-z]+', 'work/(main|shared)'].map((part) => `/${part}/`);

/** Hosts that a registry or a mirror of one has; a link to a project's page is none. */
const REGISTRIES = ['registry\\.[a-z.-]+\\.[a-z]{2,}', '[a-z.-]+/(npm|pypi|maven)/(simple|repository|proxy)'];

const TEXTS = trackedFiles().flatMap((file) => {
  const bytes = readFileSync(path.join(ROOT, file));
  return bytes.includes(0) ? [] : [{ file, text: bytes.toString('utf8') }];
});

/** Each line of a text file that a pattern matches. */
function linesWith(pattern: RegExp): string[] {
  return TEXTS.flatMap(({ file, text }) =>
    text
      .split('\n')
      .flatMap((line, index) =>
        pattern.test(line) ? [`${file}:${index + 1}: ${line.trim().slice(0, 120)}`] : [],
      ),
  );
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

describe('tracked files', () => {
  test('name no path of a machine', () => {
    const here = [`${ROOT}/`, `${os.homedir()}/`].filter((prefix) => prefix.length > 3).map(escaped);
    const pattern = new RegExp(`(^|[^\\w.])(${[...here, ...FOREIGN].join('|')})`);
    expectNone(
      linesWith(pattern).map(
        (line) => `${line}\n  please use a path from the root or a temporary folder instead`,
      ),
    );
  });

  test('name no registry', () => {
    const configured = process.env.npm_config_registry;
    const host = configured === undefined ? [] : [escaped(new URL(configured).host)];
    const pattern = new RegExp([...host, ...REGISTRIES].join('|'));
    expectNone(
      linesWith(pattern).map((line) => `${line}\n  please leave it to each machine's own configuration`),
    );
  });

  test('hold no file that is built or downloaded', () => {
    const built = trackedFiles().filter((file) =>
      /(^|\/)(node_modules|dist|target)\/|(?<!^fixtures\/explain\/[\w.-]+)\.(tgz|log|class|jar)$/.test(file),
    );
    expectNone(built.map((file) => `${file}, please add it to .gitignore`));
  });

  test('are small, fixtures too', () => {
    const large = trackedFiles().filter((file) => readFileSync(path.join(ROOT, file)).length > 2_000_000);
    expectNone(large.map((file) => `${file} is larger than 2 MB, please make it smaller`));
  });
});

test('CHANGELOG.md has a section for the version in package.json', () => {
  const { version } = JSON.parse(readText('package.json')) as { version: string };
  assert.match(
    readText('CHANGELOG.md'),
    new RegExp(`^## \\[${escaped(version)}\\]`, 'm'),
    'please add the section',
  );
});
