import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import {
  baselineText,
  configSchema,
  type Finding,
  judge,
  type Policy,
  RULES,
  type RuleRow,
  readBaseline,
  readConfig,
} from '@statewright/compat';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { ROOT } from '../architecture/source-tree.js';

const KRYO = RULES.find(({ id }) => id === 'kryo-fallback')!;
const KEYS = RULES.find(({ id }) => id === 'keys-without-ttl')!;

function config(text: string) {
  return readConfig('statewright.yaml', text, RULES);
}

/** A finding as a rule would make it; only what a policy looks at matters. */
function finding(rule: RuleRow, state: string, more: Partial<Finding> = {}): Finding {
  return {
    rule: rule.id,
    level: rule.level,
    severity: rule.severity,
    operator: state.split('/')[0],
    state,
    path: `${state} > value`,
    reason: 'a reason',
    next: '',
    before: undefined,
    now: undefined,
    fingerprint: Buffer.from(`${rule.id} ${state}`).toString('hex').padEnd(32, '0').slice(-32),
    suppressed: undefined,
    ...more,
  };
}

async function policy(text: string, more: Partial<Policy> = {}): Promise<Policy> {
  const { rules, ignores, level, failOn } = await config(text);
  return {
    level: level ?? 'portable',
    failOn: failOn ?? 'error',
    rules,
    ignores,
    baseline: undefined,
    ...more,
  };
}

const TODAY = '2026-12-01';

describe('statewright.yaml', () => {
  test('gives what it says', async () => {
    const text = `
level: data
failOn: warning
rules:
  kryo-fallback: off
  keys-without-ttl: { severity: error, minEntries: 5 }
  large-value-state: { maxBytes: 1 mb }
  ttl-values-old: { maxAge: 2 d }
ignore:
  - { rule: state-gone, state: "fraud/*", reason: on purpose, until: 2026-12-31 }
baseline: known.json
flinkConfig: conf/config.yaml
target: "2.3"
backend: rocksdb
`;
    const { rules, ignores, ...rest } = await config(text);
    assert.deepEqual(rest, {
      file: 'statewright.yaml',
      level: 'data',
      failOn: 'warning',
      baseline: 'known.json',
      flinkConfig: 'conf/config.yaml',
      target: '2.3',
      backend: 'rocksdb',
    });
    assert.deepEqual(
      [...rules].map(([id, { severity, thresholds }]) => [id, severity, ...thresholds.values()]),
      [
        ['kryo-fallback', 'off'],
        ['keys-without-ttl', 'error', 5],
        ['large-value-state', undefined, 1_048_576],
        ['ttl-values-old', undefined, 172_800_000],
      ],
    );
    const [ignore] = ignores;
    assert.deepEqual(
      [ignore?.rule, ignore?.scope, ignore?.pattern, ignore?.until, ignore?.place.line],
      ['state-gone', 'state', 'fraud/*', '2026-12-31', 10],
    );
  });

  test('is what its documentation shows', async () => {
    const page = readFileSync(path.join(ROOT, 'docs/configuration.md'), 'utf8');
    const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
    const { rules, ignores, target } = await config(example);
    assert.deepEqual([rules.size, ignores.length, target], [5, 2, '2.3']);
  });

  test('has a schema that is one', () => {
    assert.doesNotThrow(() => new Ajv2020({ allowUnionTypes: true }).compile(configSchema(RULES)));
  });

  /** A text that is wrong, and the whole message. */
  const WRONG: readonly (readonly [string, string])[] = [
    ['', '1:1: the config is empty; remove it or say something in it'],
    ['- level', '1:1: a mapping is expected for this file, but a list is given'],
    ['levle: data', '1:1: "levle" is no key of this file; did you mean "level"'],
    ['level: high', '1:8: "high" is no value of level; it takes restore, data, evolve, portable'],
    ['level: data\nlevel: evolve', '2:1: Map keys must be unique'],
    ['rules:\n  kryo-falback: off', '2:3: "kryo-falback" is no key of rules; did you mean "kryo-fallback"'],
    [
      'rules: { kryo-fallback: fatal }',
      '1:25: "fatal" is no value of rules.kryo-fallback; it takes off, note, warning, error',
    ],
    [
      'rules:\n  keys-without-ttl:\n    severity: off\n    minEntries: 5',
      '4:5: rule keys-without-ttl is off and has minEntries set; remove one of the two',
    ],
    [
      'rules:\n  keys-without-ttl: { off: true, severity: error }',
      '2:23: "off" is no key of rules.keys-without-ttl; it takes severity, minEntries',
    ],
    [
      'rules:\n  large-value-state: { maxBytes: much }',
      '2:34: "much" is no size for maxBytes; write it like 64 mb',
    ],
    ['target: 2.3', '1:9: a text is expected for target, but "2.3" is given; put it in quotes'],
    ['ignore:\n  - rule: state-gone\n    state: a/b', '2:5: ignore 1 lacks "reason"'],
    [
      'ignore:\n  - { rule: state-gone, reason: on purpose }',
      '2:5: the exception of state-gone names none of state, operator and path; name one, or set rules.state-gone to off',
    ],
    [
      'ignore:\n  - { rule: state-gone, state: a/b, path: a, reason: r }',
      '2:5: the exception of state-gone names state and path; name one of them',
    ],
    [
      'ignore:\n  - { rule: state-gone, state: a/b, reason: r, until: 2026-02-30 }',
      '2:55: "2026-02-30" is no day of the calendar; write it as YYYY-MM-DD',
    ],
    [
      'rules: { state-gone: off }\nignore:\n  - { rule: state-gone, state: a/b, reason: r }',
      '3:5: rule state-gone is off, and here is an exception of it; remove one of the two',
    ],
    [
      'ignore:\n  - { rule: state-gone, state: a/b, reason: r }\n  - { rule: state-gone, state: a/b, reason: s }',
      '3:5: the exception of state-gone for state "a/b" stands in line 2 already; remove one of the two',
    ],
  ];
  for (const [text, message] of WRONG) {
    test(`refuses ${JSON.stringify(text)}`, async () => {
      await assert.rejects(config(text), { message: `BAD_DOCUMENT at statewright.yaml:${message}` });
    });
  }
});

describe('judge', () => {
  const findings = [
    finding(KRYO, 'fraud/profile'),
    finding(KRYO, 'rules/rule'),
    finding(KEYS, 'fraud/count'),
  ];
  const ran = [KRYO, KEYS];

  test('leaves out rules that are off, and levels that were not asked for', async () => {
    const off = judge(findings, await policy('rules: { kryo-fallback: off }'), TODAY, ran);
    assert.deepEqual(
      off.findings.map(({ rule }) => rule),
      ['keys-without-ttl'],
    );
    assert.deepEqual(judge(findings, await policy('level: data'), TODAY, ran).findings, []);
  });

  test('takes the severity of the config, and fails as failOn says', async () => {
    const error = judge(findings, await policy('rules: { keys-without-ttl: error }'), TODAY, ran);
    assert.deepEqual(error.counts, { error: 1, warning: 2, note: 0, suppressed: 0 });
    assert.deepEqual(
      error.failing.map(({ state }) => state),
      ['fraud/count'],
    );
    assert.equal(error.findings[0]?.state, 'fraud/count');
    assert.equal(judge(findings, await policy('failOn: warning'), TODAY, ran).failing.length, 3);
    const never = await policy('rules: { keys-without-ttl: error }\nfailOn: never');
    assert.equal(judge(findings, never, TODAY, ran).failing.length, 0);
  });

  const ignoring = (what: string) =>
    policy(`failOn: warning\nignore:\n  - { rule: kryo-fallback, reason: known, ${what} }`);

  test('keeps what an exception covers in sight', async () => {
    for (const what of [
      'state: fraud/profile',
      'operator: fraud',
      'path: "fraud/* > value"',
      'state: "*d/p?ofile"',
    ]) {
      const { counts, findings: all } = judge(findings, await ignoring(what), TODAY, ran);
      assert.deepEqual(counts, { error: 0, warning: 2, note: 0, suppressed: 1 }, what);
      const { state, suppressed } = all.at(-1)!;
      assert.deepEqual([state, suppressed?.by, suppressed?.reason], ['fraud/profile', 'config', 'known']);
    }
  });

  test('takes a star in a name of the snapshot for itself only where the pattern says so', async () => {
    const star = [finding(KRYO, 'a/x*y'), finding(KRYO, 'a/x1y')];
    const { findings: all } = judge(star, await ignoring('state: "a/x\\\\*y"'), TODAY, ran);
    assert.deepEqual(
      all.filter(({ suppressed }) => suppressed !== undefined).map(({ state }) => state),
      ['a/x*y'],
    );
  });

  test('holds an exception to its last day, and says when it is over', async () => {
    const last = judge(findings, await ignoring('operator: fraud, until: 2026-12-01'), TODAY, ran);
    assert.equal(last.counts.suppressed, 1);
    const over = judge(findings, await ignoring('operator: fraud, until: 2026-11-30'), TODAY, ran);
    assert.deepEqual(over.counts, { error: 0, warning: 4, note: 0, suppressed: 0 });
    const expired = over.findings.find(({ rule }) => rule === 'ignore-expired');
    assert.equal(
      expired?.reason,
      'the exception of kryo-fallback for operator "fraud" ended on 2026-11-30: known',
    );
    assert.deepEqual(expired?.now, { file: 'statewright.yaml', line: 3, column: 5 });
  });

  test('says an exception is over at the lowest level too', async () => {
    const strict = { ...(await ignoring('operator: fraud, until: 2026-11-30')), level: 'restore' as const };
    assert.deepEqual(
      judge(findings, strict, TODAY, ran).findings.map(({ rule }) => rule),
      ['ignore-expired'],
    );
  });

  test('notes an exception that excuses nothing, if its rule was asked', async () => {
    const misspelt = await ignoring('state: fruad/profile');
    assert.deepEqual(
      judge(findings, misspelt, TODAY, ran).findings.filter(({ rule }) => rule === 'ignore-unused').length,
      1,
    );
    assert.deepEqual(judge([], misspelt, TODAY, [KEYS]).findings, []);
  });
});

describe('a baseline', () => {
  const findings = [finding(KRYO, 'fraud/profile'), finding(KEYS, 'fraud/count')];
  const { text, count } = baselineText([...findings].reverse());

  test('is the same text for the same findings, one line each', () => {
    assert.equal(count, 2);
    assert.equal(text, baselineText(findings).text);
    assert.equal(text.split('\n').length, 8);
  });

  test('suppresses what it lists and nothing else, and tells what is mended', async () => {
    const baseline = await readBaseline('known.json', text);
    const fresh = finding(KEYS, 'fraud/other');
    const { findings: all, counts } = judge(
      [findings[0]!, fresh],
      await policy('level: portable', { baseline }),
      TODAY,
      [KRYO, KEYS],
    );
    assert.deepEqual(counts, { error: 0, warning: 1, note: 1, suppressed: 1 });
    assert.deepEqual(
      all.map(({ rule, suppressed }) => [rule, suppressed?.by]),
      [
        ['keys-without-ttl', undefined],
        ['baseline-fixed', undefined],
        ['kryo-fallback', 'baseline'],
      ],
    );
  });

  test('does not list what a config excuses, nor what is said of exceptions', () => {
    const excused = finding(KRYO, 'a/b', { suppressed: { by: 'config', reason: 'r', until: undefined } });
    const about = finding(RULES.find(({ id }) => id === 'ignore-unused')!, 'x/y');
    assert.equal(baselineText([excused, about]).count, 0);
  });

  const WRONG: readonly (readonly [string, string])[] = [
    ['', '1:1: the baseline is empty; write one with --write-baseline'],
    [' \n', '1:1: the baseline is empty; write one with --write-baseline'],
    ['{}', '1:1: this is no baseline of statewright; write one with --write-baseline'],
    ['[]', '1:1: this is no baseline of statewright; write one with --write-baseline'],
    ['{"findings": []}', '1:1: this is no baseline of statewright; write one with --write-baseline'],
    [
      '{"statewrightBaseline": 1, "findings": []}',
      '1:40: a list does not fit findings; expected is: at least one finding; without any, leave --baseline out',
    ],
    [
      '{"statewrightBaseline": 2, "findings": []}',
      '1:25: "2" does not fit statewrightBaseline; expected is: the version of the file, 1',
    ],
    [
      '{"statewrightBaseline": 1, "findings": [{"rule": "a", "path": "b"}]}',
      '1:41: findings 1 lacks "fingerprint"',
    ],
  ];
  for (const [wrong, message] of WRONG) {
    test(`refuses ${JSON.stringify(wrong)}`, async () => {
      await assert.rejects(readBaseline('known.json', wrong), {
        message: `BAD_DOCUMENT at known.json:${message}`,
      });
    });
  }
});
