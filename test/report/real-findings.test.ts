import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { describe, test } from 'node:test';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { ROOT } from '../architecture/source-tree.js';
import { parseXml } from './xml.js';

/* What the program prints of real snapshots: the same exit code in every format, and each format's own schema. */

const story = (name: string, line: string) => [
  `fixtures/stories/${name}/flink${line}/previous`,
  '--against',
  `fixtures/stories/${name}/flink${line}/current`,
];
const COMMANDS: readonly (readonly string[])[] = [
  ['check', ...story('pojo-int-to-long', '1.20')],
  ['check', ...story('descriptor-renamed', '2.3'), '--level', 'portable', '--fail-on', 'note'],
  ['check', ...story('kryo-field-added', '1.20')],
  ['check', 'fixtures/savepoints/zoo-pojos-flink1.20-rocksdb-savepoint', '--target', '2.3'],
  ['lint', 'fixtures/savepoints/zoo-pojos-flink2.3-rocksdb-savepoint', '--at', '2026-01-01T00:00:00Z'],
];
const FORMATS = ['text', 'json', 'ndjson', 'sarif', 'junit', 'github', 'gitlab', 'markdown'] as const;

interface View {
  readonly exitCode: number;
  readonly findings: readonly object[];
  readonly counts: { readonly [name: string]: number };
}

const readJson = (file: string) => JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'));

function sarifValidator() {
  const file = 'node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';
  const { $schema: _, id: $id, ...schema } = readJson(file);
  const formats = { uri: true, 'uri-reference': true, 'date-time': true } as const;
  return new Ajv({ allErrors: true, strict: false, unicodeRegExp: false, formats }).compile({
    $id,
    ...schema,
  });
}

function run(args: readonly string[], format: string) {
  const main = path.join(ROOT, 'cli/dist/main.js');
  return spawnSync(process.execPath, [main, ...args, '--quiet', '--format', format], {
    cwd: ROOT,
    encoding: 'utf8',
  });
}

describe('findings of real snapshots', () => {
  const isSarif = sarifValidator();
  for (const args of COMMANDS) {
    test(args.join(' '), () => {
      const printed = new Map(FORMATS.map((format) => [format, run(args, format)]));
      const text = (format: (typeof FORMATS)[number]) => printed.get(format)!.stdout;
      const codes = new Set([...printed.values()].map(({ status }) => status));
      assert.equal(
        codes.size,
        1,
        [...printed].map(([format, { status }]) => `${format} ${status}`).join(', '),
      );
      const view = JSON.parse(text('json')) as View;
      assert.equal(view.exitCode, [...codes][0]);
      const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
      const validate = ajv.compile(readJson(`docs/schemas/${args[0]}.json`));
      assert.ok(validate(view), ajv.errorsText(validate.errors, { separator: '\n' }));
      const sarif = JSON.parse(text('sarif')) as {
        readonly runs: readonly { readonly results: readonly object[] }[];
      };
      assert.ok(isSarif(sarif), JSON.stringify(isSarif.errors));
      const count = view.findings.length;
      assert.ok(count > 0);
      assert.equal(sarif.runs[0]!.results.length, count);
      assert.equal(JSON.parse(text('gitlab')).length, count);
      assert.equal(text('github').trimEnd().split('\n').length, count + 1);
      assert.equal(text('ndjson').match(/"record":"finding"/g)!.length, count);
      const suite = parseXml(text('junit').trimEnd()).children[0]!;
      assert.equal(Number(suite.attributes.get('failures')) > 0, view.exitCode !== 0);
      const { error, warning, note, suppressed } = view.counts;
      const counts = /(\d+) errors?, (\d+) warnings?, (\d+) notes?, (\d+) suppressed/;
      for (const format of ['text', 'markdown'] as const) {
        assert.deepEqual(counts.exec(text(format))!.slice(1).map(Number), [error, warning, note, suppressed]);
      }
      for (const [format, { stdout }] of printed) {
        if (!format.includes('json'))
          assert.ok(!stdout.includes(ROOT), `${format} names a place on this machine`);
      }
    });
  }
});
