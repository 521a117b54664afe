import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import type { CheckView, LintView } from '@statewright/compat';
import { type AnyView, jsonText, RENDERERS } from '@statewright/report';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { ROOT } from '../architecture/source-tree.js';
import { CHECK, CLEAN_CHECK, CLEAN_LINT, HOSTILE_TEXTS, hostileCheck, LINT } from './sample-views.js';
import { type Element, parseXml } from './xml.js';

function render(format: string, view: AnyView, width = 80, colour = false): string {
  const renderer = RENDERERS.find((one) => one.format === format)!;
  return [...renderer.render(view, { width, colour })].join('\n');
}

const VIEWS: readonly (CheckView | LintView)[] = [CHECK, LINT, CLEAN_CHECK, CLEAN_LINT];
const EVERY: readonly (CheckView | LintView)[] = [...VIEWS, ...HOSTILE_TEXTS.map(hostileCheck)];

function validator(schema: object): (json: unknown) => string {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  const validate = ajv.compile(schema);
  return (json) => (validate(json) ? '' : ajv.errorsText(validate.errors, { separator: '\n' }));
}

describe('json', () => {
  for (const name of ['check', 'lint']) {
    test(`${name} fits its schema, which allows nothing else`, () => {
      const schema = JSON.parse(readFileSync(path.join(ROOT, `docs/schemas/${name}.json`), 'utf8'));
      const errorsOf = validator(schema);
      for (const view of EVERY.filter((one) => one.view === name)) {
        const json = JSON.parse(render('json', view));
        assert.equal(errorsOf(json), '');
        assert.match(errorsOf({ ...json, more: 1 }), /additional/);
        assert.match(errorsOf({ ...json, schemaVersion: 2 }), /schemaVersion/);
      }
    });
  }

  test('ndjson has a line for the snapshot, each state, each finding and the summary', () => {
    for (const view of EVERY) {
      const lines = render('ndjson', view)
        .split('\n')
        .map((line) => JSON.parse(line) as { record: string; counts?: object; exitCode?: number });
      const count = (record: string) => lines.filter((line) => line.record === record).length;
      assert.equal(lines[0]!.record, 'snapshot');
      assert.equal(count('state'), view.view === 'check' ? view.states.length : 0);
      assert.equal(count('finding'), view.findings.length);
      const last = lines.at(-1)!;
      assert.equal(last.record, 'summary');
      assert.deepEqual([last.counts, last.exitCode], [view.counts, view.exitCode]);
    }
  });
});

describe('sarif', () => {
  // The schema of OASIS, as Microsoft publishes it.
  const file = path.join(ROOT, 'node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  // Draft 4 calls it `id`; nothing else of the draft's differences occurs in it.
  const { $schema: _, id: $id, ...schema } = JSON.parse(readFileSync(file, 'utf8'));
  const formats = { uri: isUri, 'uri-reference': isUriReference, 'date-time': true } as const;
  const validate = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false, formats }).compile({
    $id,
    ...schema,
  });

  interface Result {
    readonly ruleId: string;
    readonly ruleIndex: number;
    readonly level: string;
    readonly suppressions?: readonly { readonly kind: string; readonly justification: string }[];
    readonly locations: readonly {
      readonly physicalLocation: {
        readonly artifactLocation: { readonly uri: string };
        readonly region?: object;
      };
    }[];
    readonly relatedLocations?: readonly { readonly physicalLocation: object }[];
    readonly partialFingerprints: object;
  }
  interface Run {
    readonly results: readonly Result[];
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly invocations: readonly { readonly exitCode: number }[];
  }
  const runOf = (view: AnyView) => (JSON.parse(render('sarif', view)) as { runs: readonly Run[] }).runs[0]!;

  test('fits the official schema', () => {
    for (const view of EVERY) {
      assert.ok(validate(JSON.parse(render('sarif', view))), JSON.stringify(validate.errors, undefined, 1));
    }
    assert.ok(!validate({ version: '2.1.0', runs: [{ results: [] }] }), 'a run without a tool');
  });

  test('results name their rules and levels, and suppressed ones say who excused them', () => {
    const { results, tool, invocations } = runOf(CHECK);
    for (const { ruleId, ruleIndex } of results) assert.equal(tool.driver.rules[ruleIndex]!.id, ruleId);
    assert.deepEqual(
      results.map(({ level }) => level),
      ['error', 'error', 'warning', 'note', 'warning', 'warning', 'note'],
    );
    assert.deepEqual(
      results.map(({ suppressions }) =>
        suppressions?.map(({ kind, justification }) => [kind, justification]),
      ),
      [
        undefined,
        undefined,
        undefined,
        undefined,
        [['external', 'gone with the next release']],
        [['external', 'known: baseline.json lists it']],
        [['inSource', 'stateless']],
      ],
    );
    assert.equal(invocations[0]!.exitCode, 20);
  });

  test('a place in a text has a line, a place in a snapshot its bytes', () => {
    const [changed, dropped, opaque] = runOf(CHECK).results;
    assert.deepEqual(changed!.locations[0]!.physicalLocation, {
      artifactLocation: { uri: 'job.state.yaml' },
      region: { startLine: 14, startColumn: 7 },
    });
    assert.deepEqual(changed!.relatedLocations![0]!.physicalLocation, {
      artifactLocation: { uri: 'savepoints/savepoint-4f1c2e/_metadata' },
      region: { byteOffset: 1840, byteLength: 62 },
    });
    assert.deepEqual(dropped!.locations[0]!.physicalLocation.region, { byteOffset: 512, byteLength: 188 });
    assert.deepEqual(opaque!.locations[0]!.physicalLocation.artifactLocation, { uri: 'job.state.yaml' });
  });

  test('an absolute file of a snapshot is named as the snapshot was', () => {
    const [first] = CHECK.findings;
    const uriOf = (path: string, file: string) => {
      const before = { file, start: 4, end: 8 };
      const view = {
        ...CHECK,
        snapshot: { ...CHECK.snapshot, path },
        findings: [{ ...first!, now: undefined, before }],
      };
      return runOf(view).results[0]!.locations[0]!.physicalLocation.artifactLocation.uri;
    };
    assert.equal(uriOf('save/sp-1', '/srv/job/save/sp-1/_metadata'), 'save/sp-1/_metadata');
    assert.equal(uriOf('./save/sp-1/', '/srv/job/save/sp-1/_metadata'), 'save/sp-1/_metadata');
    assert.equal(uriOf('save/sp-1/_metadata', '/srv/job/save/sp-1/_metadata'), 'save/sp-1/_metadata');
    assert.equal(uriOf('/data/sp-1', '/data/sp-1/_metadata'), 'file:///data/sp-1/_metadata');
    assert.equal(uriOf('../sp-1', '/data/sp-1/_metadata'), 'file:///data/sp-1/_metadata');
    assert.equal(uriOf('save/sp-1', '_metadata'), 'save/sp-1/_metadata');
    assert.equal(uriOf('save/sp-1', '/checkpoints/shared/x y'), 'file:///checkpoints/shared/x%20y');
  });

  function isUri(text: string): boolean {
    return URL.canParse(text);
  }

  /** RFC 3986: only characters that a reference may hold, and no colon in a first part that is no scheme. */
  function isUriReference(text: string): boolean {
    return /^(?:[A-Za-z0-9._~!$&'()*+,;=@/?-]|%[0-9A-F]{2})*$/.test(text) || URL.canParse(text);
  }
});

describe('junit', () => {
  const suiteOf = (view: AnyView) => parseXml(render('junit', view)).children[0]!;
  const outcome = ({ children }: Element) =>
    children.find(({ name }) => name !== 'system-out')?.name ?? 'passed';

  test('is XML whatever the names hold, and its totals add up', () => {
    for (const view of EVERY) {
      const root = parseXml(render('junit', view));
      const suite = root.children[0]!;
      const count = (name: string) => suite.children.filter((one) => outcome(one) === name).length;
      const total = (name: string) => Number(suite.attributes.get(name));
      assert.deepEqual(['tests', 'failures', 'errors', 'skipped'].map(total), [
        suite.children.length,
        count('failure'),
        count('error'),
        count('skipped'),
      ]);
      assert.equal(root.attributes.get('failures'), suite.attributes.get('failures'));
      assert.equal(count('failure') > 0, view.exitCode !== 0);
    }
  });

  test('a case a state: failed, undecided, excused or passed', () => {
    const cases = suiteOf(CHECK).children.map((one) => [one.attributes.get('name'), outcome(one)]);
    assert.deepEqual(cases, [
      ['fraud-detector/profile', 'failure'],
      ['fraud-detector/last-amount', 'failure'],
      ['fraud-detector/scores', 'passed'],
      ['alerts/history', 'passed'],
      ['alerts/legacy', 'error'],
      ['alerts/pairs', 'passed'],
      ['sink', 'passed'],
      ['map', 'skipped'],
      ['exit code 20', 'failure'],
    ]);
  });
});

describe('github', () => {
  /** As the runner parses a line: `::word key=value,...::message`, then decodes. */
  function parse(line: string) {
    const match = /^::([a-z]+) ([^:]*)::(.*)$/.exec(line);
    assert.ok(match !== null, line);
    const decode = (text: string) =>
      text
        .replaceAll('%2C', ',')
        .replaceAll('%3A', ':')
        .replaceAll('%0A', '\n')
        .replaceAll('%0D', '\r')
        .replaceAll('%25', '%');
    const pairs = match[2]!.split(',').map((pair) => pair.split(/=(.*)/s, 2) as [string, string]);
    const properties = new Map(pairs.map(([key, value]) => [key, decode(value)]));
    return { word: match[1]!, properties, message: decode(match[3]!) };
  }
  const lines = (view: AnyView) => render('github', view).split('\n').map(parse);

  test('an annotation for each finding; suppressed ones are notices', () => {
    const found = lines(CHECK);
    assert.deepEqual(
      found.map(({ word }) => word),
      ['error', 'error', 'warning', 'notice', 'notice', 'notice', 'notice', 'error'],
    );
    assert.deepEqual(
      [...found[0]!.properties],
      [
        ['file', 'job.state.yaml'],
        ['line', '14'],
        ['col', '7'],
        ['title', 'pojo-field-type-changed'],
      ],
    );
    assert.equal(
      found[0]!.message,
      'fraud-detector/profile > value > field age: the field was int and is now long\nnext: statewright explain pojo-field-type-changed',
    );
  });

  test('no name ends a property or a message, or begins another command', () => {
    for (const text of HOSTILE_TEXTS) {
      const found = lines(hostileCheck(text));
      assert.equal(found.length, CHECK.findings.length + 1);
      for (const { word, properties } of found) {
        assert.ok(['error', 'warning', 'notice'].includes(word));
        for (const key of properties.keys()) assert.ok(['file', 'line', 'col', 'title'].includes(key), key);
      }
    }
  });
});

describe('gitlab', () => {
  interface Issue {
    readonly description: string;
    readonly check_name: string;
    readonly fingerprint: string;
    readonly severity: string;
    readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
  }

  test('issues have what Code Quality asks for, and fingerprints of their own', () => {
    for (const view of EVERY) {
      const issues = JSON.parse(render('gitlab', view)) as readonly Issue[];
      assert.equal(issues.length, view.findings.length);
      assert.equal(new Set(issues.map(({ fingerprint }) => fingerprint)).size, issues.length);
      for (const { severity, location, description, check_name } of issues) {
        assert.ok(['info', 'minor', 'major', 'critical', 'blocker'].includes(severity));
        assert.ok(
          location.path !== '' && location.lines.begin >= 1 && check_name !== '' && description !== '',
        );
      }
    }
    const [first, second] = JSON.parse(render('gitlab', CHECK)) as readonly Issue[];
    assert.deepEqual(first!.location, { path: 'job.state.yaml', lines: { begin: 14 } });
    assert.deepEqual(second!.location, {
      path: 'savepoints/savepoint-4f1c2e/_metadata',
      lines: { begin: 1 },
    });
    assert.deepEqual([first!.severity, second!.severity], ['blocker', 'critical']);
  });
});

describe('markdown', () => {
  test('only our own tags and tables, whatever the names hold', () => {
    for (const view of EVERY) {
      const text = render('markdown', view);
      const tags = [...text.matchAll(/<[^>]*>?/g)].map(([tag]) => tag);
      const own = new Set([
        '<code>',
        '</code>',
        '<details>',
        '<details open>',
        '</details>',
        '<summary>',
        '</summary>',
        '<br>',
        '<span>',
        '</span>',
      ]);
      assert.deepEqual(
        tags.filter((tag) => !own.has(tag)),
        [],
      );
      for (const row of text.split('\n').filter((line) => line.startsWith('|'))) {
        assert.equal(row.match(/\|/g)!.length, 4, row);
      }
      for (const line of text.split('\n')) assert.match(line, /^$|^(?:### |<|\| |\|-|- \*\*|\*\*|Next: )/);
    }
  });

  test('nobody is mentioned, nothing becomes a link or code', () => {
    for (const hostile of HOSTILE_TEXTS) {
      const text = render('markdown', hostileCheck(hostile)).replace(/&#\d+;/g, '');
      for (const sign of ['](', '`', '@e', '#1', '!2', '://', 'www.', '$$', '**bold']) {
        assert.ok(!text.includes(sign), `${sign} in ${text}`);
      }
    }
  });

  test('says the counts, and folds what is suppressed', () => {
    const text = render('markdown', CHECK);
    assert.match(text, /\*\*2 errors, 1 warning, 1 note, 3 suppressed\*\*/);
    assert.match(text, /<details open><summary>4 findings<\/summary>/);
    assert.match(text, /<details><summary>3 suppressed<\/summary>/);
    assert.match(text, /### ❌ /);
    assert.match(render('markdown', CLEAN_CHECK), /### ✅ /);
  });
});

describe('every format', () => {
  const FORMATS = RENDERERS.map(({ format }) => format);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what steers a terminal or hides, but our own lines and colours
  const UNSAFE = /[^\P{Cc}\n\u001b]|[\u200b\u202e\u{e0000}-\u{e007f}]|\p{Surrogate}|\u001b(?!\[[0-9]+m)/u;

  test('says as many errors, warnings, notes and suppressed findings', () => {
    for (const view of VIEWS) {
      const { error, warning, note, suppressed } = view.counts;
      const expected = [error, warning, note, suppressed];
      const texts = [render('text', view), render('github', view), render('markdown', view)];
      for (const text of texts) {
        const counts = /(\d+) errors?, (\d+) warnings?, (\d+) notes?, (\d+) suppressed/.exec(text)!;
        assert.deepEqual(counts.slice(1).map(Number), expected);
      }
    }
  });

  test('prints nothing from a snapshot that steers a terminal', () => {
    for (const text of HOSTILE_TEXTS) {
      for (const format of FORMATS) assert.doesNotMatch(render(format, hostileCheck(text), 80, true), UNSAFE);
    }
  });

  test('gives the same text twice', () => {
    for (const format of FORMATS) assert.equal(render(format, CHECK), render(format, CHECK));
  });

  test('of findings says so where there are none', () => {
    const rule: AnyView = { schemaVersion: 1, view: 'explain-rule', rule: CHECK.rules[0]! };
    for (const format of ['sarif', 'junit', 'github', 'gitlab', 'markdown']) {
      assert.throws(() => render(format, rule), {
        code: 'USAGE',
        message: `USAGE --format: ${format} shows findings, and explain-rule has none; take text, json or ndjson`,
      });
    }
    for (const format of ['text', 'json', 'ndjson']) assert.ok(render(format, rule) !== '');
  });
});

describe('text', () => {
  test('fits the page; commands and places stay whole', () => {
    for (const view of VIEWS) {
      for (const width of [60, 80, 100]) {
        const long = render('text', view, width)
          .split('\n')
          .filter((line) => line.length > width && !/^ +(?:at|before) \S+$/.test(line));
        assert.deepEqual(long, []);
      }
    }
  });

  test('says the same with and without colour', () => {
    for (const view of VIEWS) {
      const coloured = render('text', view, 80, true);
      assert.notEqual(coloured, render('text', view));
      // biome-ignore lint/suspicious/noControlCharactersInRegex: our own colours
      assert.equal(coloured.replace(/\u001b\[[0-9;]*m/g, ''), render('text', view));
    }
  });

  test('names the likely harm that a verdict alone does not say', () => {
    const text = render('text', CHECK, 120);
    assert.match(text, /alerts\/pairs +value +compatible as is +values come back wrong/);
    assert.match(text, /fraud-detector\/profile +value +incompatible$/m);
    assert.match(text, /ignored by the config until 2027-01-31: gone with the next release/);
  });

  test('a JSON text is safe to print', () => assert.ok(!jsonText(hostileCheck('\u001b')).includes('\u001b')));
});
