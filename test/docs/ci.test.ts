import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { after, describe, test } from 'node:test';
import { parse } from 'yaml';
import { ROOT } from '../architecture/source-tree.js';

/* The GitHub Action and the snippets of docs/ci.md: they parse, name options that exist, and the action's script runs. */

interface Step {
  readonly id?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly shell?: string;
  readonly env?: { readonly [name: string]: string };
  readonly with?: { readonly [name: string]: string };
}
interface Action {
  readonly inputs: { readonly [name: string]: { readonly description: string; readonly default?: string } };
  readonly outputs: { readonly [name: string]: { readonly value: string } };
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const ACTION_TEXT = readFileSync(path.join(ROOT, 'action.yml'), 'utf8');
const ACTION = parse(ACTION_TEXT) as Action;
const CI = readFileSync(path.join(ROOT, 'docs/ci.md'), 'utf8');
const SNIPPETS = [...CI.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, yaml]) => yaml!);
const MAIN = path.join(ROOT, 'cli/dist/main.js');

const HELP = new Map<string, string>();

function helpOf(command: string): string {
  const known = HELP.get(command);
  if (known !== undefined) return known;
  const { stdout, status } = spawnSync(process.execPath, [MAIN, command, '--help'], { encoding: 'utf8' });
  assert.equal(status, 0);
  HELP.set(command, stdout);
  return stdout;
}

/** Options of `statewright VERB ...` in a text, and the choices of --format. */
function namedOptions(
  text: string,
): { readonly verb: string; readonly option: string; readonly value: string }[] {
  return [...text.matchAll(/\bstatewright (check|lint|schema|explain)\b([^\n|>`]*)/g)].flatMap(
    ([, verb, rest]) =>
      [...rest!.matchAll(/(--[a-z-]+)(?: ([a-z]+))?/g)].map(([, option, value]) => ({
        verb: verb!,
        option: option!,
        value: value ?? '',
      })),
  );
}

describe('action.yml', () => {
  const { inputs, outputs, runs } = ACTION;
  const check = runs.steps.find(({ id }) => id === 'check')!;

  test('is a composite action whose steps say their shell', () => {
    assert.equal(runs.using, 'composite');
    for (const step of runs.steps)
      assert.equal(step.run !== undefined, step.shell === 'bash', JSON.stringify(step));
    for (const { description } of Object.values(inputs)) assert.ok(description.length > 10);
  });

  test('uses the inputs it has, and has the inputs it uses', () => {
    const used = new Set([...ACTION_TEXT.matchAll(/\binputs\.([a-z-]+)/g)].map(([, name]) => name!));
    assert.deepEqual([...used].toSorted(), Object.keys(inputs).toSorted());
    for (const { value } of Object.values(outputs))
      assert.match(value, /^\$\{\{ steps\.check\.outputs\.[a-z-]+ \}\}$/);
  });

  test('puts no input into the text of a script', () => {
    for (const { run } of runs.steps) assert.doesNotMatch(run ?? '', /\$\{\{/);
  });

  test('names options of check that exist', () => {
    const help = helpOf('check');
    const options = [...check.run!.matchAll(/(?<=[( ])--[a-z-]{2,}/g)].map(([option]) => option);
    assert.ok(options.length >= 11);
    for (const option of options)
      assert.ok(help.includes(`${option} `) || help.includes(`${option},`), option);
  });

  describe('its script', () => {
    const home = mkdtempSync(path.join(os.tmpdir(), 'statewright-action-'));
    after(() => rmSync(home, { recursive: true }));
    const program = path.join(home, 'statewright');
    writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`, { mode: 0o755 });
    symlinkSync(path.join(ROOT, 'fixtures/stories'), path.join(home, 'stories'));

    function run(given: { readonly [name: string]: string }) {
      const env: { [name: string]: string } = {};
      for (const [name, text] of Object.entries(check.env!)) {
        const input = /inputs\.([a-z-]+)/.exec(text)![1]!;
        env[name] = given[input] ?? inputs[input]!.default ?? '';
      }
      const output = path.join(home, 'output');
      const summary = path.join(home, 'summary');
      for (const file of [output, summary]) writeFileSync(file, '');
      const { status, stdout, stderr } = spawnSync(
        'bash',
        ['--noprofile', '--norc', '-eo', 'pipefail', '-c', check.run!],
        {
          cwd: home,
          encoding: 'utf8',
          env: {
            PATH: `${home}:${process.env.PATH}`,
            ...env,
            GITHUB_OUTPUT: output,
            GITHUB_STEP_SUMMARY: summary,
          },
        },
      );
      return {
        status,
        stdout,
        stderr,
        output: readFileSync(output, 'utf8'),
        summary: readFileSync(summary, 'utf8'),
      };
    }

    test('annotates, summarizes, writes SARIF, and fails as check does', () => {
      const story = 'stories/pojo-int-to-long/flink1.20';
      const { status, stdout, output, summary } = run({
        snapshot: `${story}/previous`,
        against: `${story}/current`,
      });
      assert.equal(status, 20);
      assert.match(stdout, /^::error file=.*title=pojo-field-type-changed::/m);
      assert.equal(output, 'exit-code=20\nsarif=statewright.sarif\n');
      assert.match(summary, /^### ❌ statewright check/);
      const sarif = JSON.parse(readFileSync(path.join(home, 'statewright.sarif'), 'utf8'));
      assert.equal(sarif.runs[0].invocations[0].exitCode, 20);
    });

    test('passes what is compatible, with every option', () => {
      const story = 'stories/unchanged/flink2.3';
      const { status, output, summary } = run({
        snapshot: `${story}/previous`,
        against: `${story}/current`,
        target: '2.3',
        backend: 'rocksdb',
        level: 'restore',
        'fail-on': 'warning',
        'uid-candidates': 'a,b',
        'allow-non-restored': 'true',
        sarif: '',
      });
      assert.equal(status, 0);
      assert.equal(output, 'exit-code=0\n');
      assert.match(summary, /^### ✅ /);
    });

    test('a snapshot that is none, and one that looks like an option or a command, are told by the exit code', () => {
      assert.equal(run({ snapshot: 'stories/none' }).status, 2);
      assert.equal(run({ snapshot: '--help' }).status, 2);
      const hostile = '$(touch pwned); `touch pwned` "';
      assert.equal(run({ snapshot: hostile }).status, 2);
      assert.equal(run({ snapshot: 'stories/unchanged/flink2.3/previous', target: hostile }).status, 2);
      assert.throws(() => readFileSync(path.join(home, 'pwned')));
    });
  });
});

describe('docs/ci.md', () => {
  test('its snippets are YAML', () => {
    assert.equal(SNIPPETS.length, 3);
    for (const snippet of SNIPPETS) assert.ok(parse(snippet) !== null);
  });

  test('the workflow has about thirty lines and gives the action inputs that it has', () => {
    const workflow = parse(SNIPPETS[0]!) as { jobs: { check: { steps: readonly Step[] } } };
    const step = workflow.jobs.check.steps.find(({ uses }) => uses?.includes('/statewright@'))!;
    for (const name of Object.keys(step.with!)) assert.ok(Object.hasOwn(ACTION.inputs, name), name);
    assert.ok(SNIPPETS[0]!.trim().split('\n').length <= 33);
  });

  test('options and formats that it names exist', () => {
    const named = namedOptions(CI);
    assert.ok(named.length >= 8);
    for (const { verb, option, value } of named) {
      const help = helpOf(verb);
      assert.match(help, new RegExp(`${option}[ ,]`), `${verb} ${option}`);
      if (option === '--format') assert.ok(help.includes(`"${value}"`), `${verb} --format ${value}`);
    }
    const inline = [...CI.matchAll(/`--format ([a-z]+)`/g)].map(([, format]) => format!);
    for (const format of inline) assert.ok(helpOf('check').includes(`"${format}"`), format);
  });
});
