import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { describe, test } from 'node:test';
import { describer, type InspectView, inspectView } from '@statewright/inspect';
import { mermaidGraph, svgGraph, type TableSection } from '@statewright/report';
import { openSavepoint } from '@statewright/savepoint';
import { ROOT } from '../architecture/source-tree.js';
import { modelOf, pageOf } from './page-file.js';
import { CHECK, CLEAN_CHECK, HOSTILE_TEXTS, hostileCheck, LINT } from './sample-views.js';

const FIXTURE = path.join(ROOT, 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint');

async function inspected(): Promise<InspectView> {
  return inspectView(await openSavepoint(FIXTURE, { relocate: true }), 'savepoints/sp', describer());
}

/** The same, with a text in the place of every name and type. */
async function hostile(text: string): Promise<InspectView> {
  const view = await inspected();
  return {
    ...view,
    snapshot: { ...view.snapshot, path: text },
    operators: view.operators.map((operator) => ({
      ...operator,
      uid: text,
      name: text,
      states: operator.states.map((state) => ({ ...state, name: text, brief: text, value: text })),
    })),
  };
}

function tableOf(html: string, title: string): TableSection {
  const found = modelOf(html).sections.find((section) => section.title === title);
  assert.ok(found?.kind === 'table', `there is no table ${title}`);
  return found;
}

describe('an HTML page', () => {
  test('may run its own script and nothing else', () => {
    const html = pageOf(CHECK);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
    const scripts = [...html.matchAll(/<script>(.*?)<\/script>/gs)].map((match) => match[1]!);
    assert.equal(scripts.length, 1);
    const hash = createHash('sha256').update(scripts[0]!).digest('base64');
    assert.ok(policy.startsWith(`default-src 'none'; script-src 'sha256-${hash}';`), policy);
  });

  test('names the licences of what is in it', () => {
    assert.match(pageOf(CHECK), /Observable Plot \(ISC/);
  });

  test('a check: conclusion, counts, findings worst first, verdicts', () => {
    const html = pageOf(CHECK);
    const { title, conclusion, tiles } = modelOf(html);
    assert.equal(title, 'savepoints/savepoint-4f1c2e');
    assert.deepEqual(conclusion, {
      text: 'Flink 2.3 with the rocksdb backend refuses to restore this',
      tone: 'bad',
    });
    assert.deepEqual(
      tiles.map(({ value, label }) => `${value} ${label}`),
      ['2 errors', '1 warning', '1 note', '3 suppressed'],
    );
    const findings = tableOf(html, 'Findings').rows.map(({ cells }) => cells[0]!.text);
    assert.deepEqual(findings.slice(0, 5), ['error', 'error', 'warning', 'note', 'warning, suppressed']);
    const profile = tableOf(html, 'States').rows[0]!.cells;
    assert.deepEqual(profile[2], { text: 'incompatible', tone: 'bad' });
  });

  test('a suppressed finding says why, and where it stands', () => {
    const [row] = tableOf(pageOf(LINT), 'Findings').rows.filter(({ cells }) => cells[3]!.text === 'map');
    const details = new Map(row!.details!.map(({ label, lines }) => [label, lines]));
    assert.deepEqual(details.get('suppressed'), ['ignored by the contract: stateless']);
    assert.deepEqual(details.get('places'), ['job.state.yaml:3']);
  });

  test('a clean check has no table of findings', () => {
    const titles = modelOf(pageOf(CLEAN_CHECK)).sections.map(({ title }) => title);
    assert.deepEqual(titles, ['States']);
  });

  for (const text of HOSTILE_TEXTS) {
    test(`data stays data: ${JSON.stringify(text)}`, () => {
      const html = pageOf(hostileCheck(text));
      const clean = pageOf(CHECK);
      for (const tag of ['<script', '</script', '<!--', '<img', '<a ', '</title']) {
        assert.equal(html.split(tag).length, clean.split(tag).length, `${tag} stands more often`);
      }
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
      assert.doesNotMatch(JSON.stringify(modelOf(html)), /[\u0000-\u001f\u007f-\u009f\u202e\u200b]/);
    });
  }
});

describe('a graph', () => {
  test('Mermaid: each operator with its states', async () => {
    const view = await inspected();
    const lines = [...mermaidGraph(view)];
    assert.equal(lines[0], 'flowchart TB');
    const boxes = lines.filter((line) => /^ {4}o\d+s\d+\["/.test(line));
    assert.equal(boxes.length, view.snapshot.states);
    const groups = lines.filter((line) => line.startsWith('  subgraph ')).length;
    assert.equal(lines.filter((line) => line === '  end').length, groups);
  });

  for (const text of HOSTILE_TEXTS) {
    test(`Mermaid: data stays in its label: ${JSON.stringify(text)}`, async () => {
      for (const line of mermaidGraph(await hostile(text))) {
        const label = /\["(.*)"\]/.exec(line)?.[1];
        if (label === undefined) continue;
        assert.doesNotMatch(label.replaceAll('<br/>', ''), /["<>`&[\]{}|\\*_~@]|[^\P{C}]/u);
      }
    });

    test(`SVG: data stays text: ${JSON.stringify(text)}`, async () => {
      const svg = [...svgGraph(await hostile(text))].join('\n');
      const tags = new Set([...svg.matchAll(/<\/?([^\s/>]+)/g)].map((match) => match[1]));
      assert.deepEqual([...tags].sort(), ['g', 'rect', 'style', 'svg', 'text', 'title']);
      assert.doesNotMatch(svg.replaceAll('\n', ''), /\p{Cc}|\p{Surrogate}|\u202e/u);
    });
  }

  test('SVG: the largest operator comes first and its bar is full', async () => {
    const svg = [...svgGraph(await inspected())];
    const first = svg.find((line) => line.includes('class="title" x="30"'));
    assert.match(first ?? '', />fraud-detector</);
    assert.ok(svg.some((line) => line.includes('class="bar"') && line.includes('width="344"')));
  });
});
