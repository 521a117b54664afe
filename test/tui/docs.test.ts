import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { SCREENS } from '@statewright/tui';
import { ROOT } from '../architecture/source-tree.js';

/* What docs/browse.md says of plans is what the tests hold the program to. */

const PAGE = readFileSync(path.join(ROOT, 'docs/browse.md'), 'utf8');

/** A text without empty rows, which the page leaves out. */
function rows(text: string): string {
  return text
    .split('\n')
    .filter((row) => row !== '')
    .join('\n');
}

/** What screens are called in the table of keys. */
const PLACES: { readonly [id: string]: string } = {
  checkpoints: 'snapshots of a directory',
  overview: 'operators',
  states: 'states',
  'key-groups': 'key groups',
  keys: 'keys',
  value: 'value',
  bytes: 'bytes',
  'operator-state': 'operator state',
  stats: 'statistics',
  findings: 'findings',
  diff: 'differences',
  'diff-state': 'differences',
  files: 'files',
  timers: 'everywhere',
  text: 'everywhere',
  schema: 'types',
  plan: '`:plan`',
  steps: 'a step of the plan',
  step: 'a step of the plan',
  run: 'apply',
  preview: 'everywhere',
};

/** The keys that the table tells for a place, and for everywhere. */
function keysOf(place: string): ReadonlySet<string> {
  const table = PAGE.slice(PAGE.indexOf('## Keys'), PAGE.indexOf('## Questions'));
  const told = [...table.matchAll(/^\| ([^|]+) \| (.+) \|$/gm)].filter(([, where]) => {
    const places = where!.split(', ');
    return places.includes(place) || places.includes('everywhere');
  });
  const keys = told.flatMap(([, , text]) => [...text!.matchAll(/`([^`]+)`/g)].map(([, key]) => key!));
  return new Set(keys.flatMap((each) => each.split(' ')));
}

describe('docs/browse.md', () => {
  const frames = [...PAGE.matchAll(/```text\n([^`]*)```/g)].map(([, text]) => rows(text!));
  for (const name of ['step', 'schema-planned', 'plan', 'preview']) {
    test(`shows the frame "${name}" as it is`, () => {
      const file = path.join(ROOT, `test/tui/frames/${name}-80x24.txt`);
      assert.ok(
        frames.includes(rows(readFileSync(file, 'utf8'))),
        `copy ${name}-80x24.txt to docs/browse.md`,
      );
    });
  }

  for (const { id, keys } of SCREENS) {
    test(`names every key of the screen ${id}`, () => {
      const place = PLACES[id];
      assert.ok(place !== undefined, `say where ${id} stands in the table of keys`);
      const known = keysOf(place);
      for (const { keys: own, does } of keys) {
        for (const key of own.split(' ')) assert.ok(known.has(key), `${place}: ${key} ${does}`);
      }
    });
  }
});
