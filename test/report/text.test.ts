import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import {
  describer,
  findStates,
  inspectView,
  schemaView,
  statsView,
  type ViewDocument,
} from '@statewright/inspect';
import { escapeText, formatBytes, jsonText, RENDERERS } from '@statewright/report';
import { openSavepoint } from '@statewright/savepoint';
import { ROOT } from '../architecture/source-tree.js';
import fc from '../property.js';

const SAVEPOINTS = path.join(ROOT, 'fixtures/savepoints');
const textRenderer = RENDERERS.find(({ format }) => format === 'text')!;

/** Code points that steer a terminal or hide: controls, bidirectional and invisible characters, first and last. */
const RANGES = [
  [0, 0x1f],
  [0x7f, 0x9f],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2066, 0x2069],
  [0xfeff, 0xfeff],
  [0xe0000, 0xe007f],
] as const;

function isDangerous(text: string): boolean {
  return Array.from(text, (char) => char.codePointAt(0)!).some((code) =>
    RANGES.some(([first, last]) => code >= first && code <= last),
  );
}

const HOSTILE = [
  '\u001b[2J\u001b[1;1H',
  '\u001b]0;title\u0007',
  '\u009b31m',
  'a\u202eb\u2066c',
  'line\nbreak\r\ttab',
  '\u0000',
  '\u200bzero',
  '\u{e0041}tag',
  '\ud800',
];

describe('what comes from a snapshot', () => {
  test('reaches a terminal without anything that steers it', () => {
    for (const text of HOSTILE) assert.ok(!isDangerous(escapeText(text)), JSON.stringify(text));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !isDangerous(escapeText(text))));
  });

  test('stays what it is when it is harmless', () => {
    for (const text of ['account-7', 'électro', '日本', '🙂 ok', 'a\\b'])
      assert.equal(escapeText(text), text);
  });

  test('is escaped in JSON in a way that keeps its value', () => {
    for (const text of HOSTILE) {
      assert.ok(!isDangerous(jsonText({ [text]: text })));
      assert.deepEqual(JSON.parse(jsonText({ [text]: text })), { [text]: text });
    }
  });
});

async function views(fixture: string): Promise<ViewDocument[]> {
  const savepoint = await openSavepoint(path.join(SAVEPOINTS, fixture), { relocate: true });
  const states = findStates(savepoint, undefined);
  const describe = describer(savepoint.formats);
  return [
    inspectView(savepoint, fixture, describe),
    schemaView(savepoint, fixture, states, describe),
    await statsView(savepoint, fixture, states, describe, { values: true, top: 3, atMillis: 0 }),
  ];
}

const rendered = (view: ViewDocument, width: number, colour = false) => [
  ...textRenderer.render(view, { width, colour, detail: true }),
];

/** A line without our own colours. */
const plain = (line: string) =>
  line
    .split('\u001b')
    .map((part, i) => (i === 0 ? part : part.replace(/^\[[0-9;]*m/, '')))
    .join('');

describe('text', () => {
  const fixtures = readdirSync(SAVEPOINTS).filter((name) => name.endsWith('flink2.3-rocksdb-savepoint'));

  for (const fixture of fixtures) {
    test(`${fixture} fits 80 and 60 columns, and keeps its words`, async () => {
      for (const view of await views(fixture)) {
        const wide = rendered(view, Number.POSITIVE_INFINITY).join(' ').replace(/\s+/g, '');
        for (const width of [80, 60]) {
          const lines = rendered(view, width);
          // A path, a uid or a hash stays whole, so that it can be copied.
          const long = lines.filter((line) => line.length > width && /\s\S/.test(line.trim()));
          assert.deepEqual(
            long.filter((line) => !line.includes(fixture)).filter((line) => !/^\S+ {2}/.test(line)),
            [],
          );
          for (const line of lines) assert.equal(line, line.trimEnd());
        }
        if ('snapshot' in view) assert.ok(wide.includes(view.snapshot.path));
      }
    });

    test(`${fixture} says the same with and without colour`, async () => {
      for (const view of await views(fixture)) {
        const coloured = rendered(view, 80, true);
        assert.deepEqual(coloured.map(plain), rendered(view, 80));
        assert.notDeepEqual(coloured, rendered(view, 80));
      }
    });
  }

  test('bytes in units that people read', () => {
    const texts = [0, 1, 999, 1000, 1049, 9949, 9950, 123_456, 999_499, 999_500, 5e12].map(formatBytes);
    assert.deepEqual(texts, [
      '0 B',
      '1 B',
      '999 B',
      '1.0 kB',
      '1.0 kB',
      '9.9 kB',
      '10 kB',
      '123 kB',
      '999 kB',
      '1.0 MB',
      '5.0 TB',
    ]);
  });
});
