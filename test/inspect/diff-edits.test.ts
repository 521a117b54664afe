import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { LocalFileSystem } from '@statewright/bytes';
import type { EntryChange } from '@statewright/inspect';
import fc from '../property.js';
import {
  type Edited,
  type Entry,
  INT_LIST,
  LONG_MAP,
  memorySavepoint,
  STRING_VALUE,
  textOf,
  type Value,
} from './diff-bytes.js';
import { diffOf } from './diff-pairs.js';

/* Random edits of random entries are found, all of them and nothing else, whatever the layout, the order and the memory. */

const scratchRoot = mkdtempSync(path.join(os.tmpdir(), 'statewright-diff-'));
after(() => rmSync(scratchRoot, { recursive: true }));

/** Names, so that keys often begin with one another. */
const KEY = fc.string({ unit: fc.constantFrom('a', 'b', 'ü', '"'), minLength: 0, maxLength: 4 });
const VALUES: readonly (readonly [Entry['state'], fc.Arbitrary<Value>])[] = [
  [STRING_VALUE, KEY],
  [
    LONG_MAP,
    fc
      .array(fc.tuple(KEY, fc.bigInt({ min: -3n, max: 3n })), { minLength: 1, maxLength: 5 })
      .map((entries) => new Map(entries)),
  ],
  [INT_LIST, fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 5 })],
];

interface Keyed {
  readonly keyGroup: number;
  readonly entry: Entry;
}

/** Entries by state and key; a key is in the group that its length gives, on both sides alike. */
type Content = ReadonlyMap<string, Keyed>;

const CONTENT: fc.Arbitrary<Content> = fc
  .array(
    fc.oneof(
      ...VALUES.map(([state, value]) =>
        fc.tuple(KEY, value).map(([key, it]): Entry => ({ state, key, value: it })),
      ),
    ),
    { maxLength: 25 },
  )
  .map((entries) => new Map(entries.map((entry) => [`${entry.state.name} ${entry.key}`, keyed(entry)])));

function keyed(entry: Entry): Keyed {
  return { keyGroup: entry.key.length % 4, entry };
}

/** A part of one content, and a part of another in its place: some entries stay, some go, some come, some change. */
const PAIR = fc
  .tuple(CONTENT, CONTENT, fc.infiniteStream(fc.nat(3)))
  .map(([one, other, choices]): [Content, Content] => {
    const next = () => choices.next().value as number;
    const now = new Map<string, Keyed>();
    for (const [name, each] of one) {
      const choice = next();
      if (choice >= 2) now.set(name, each);
      else if (choice === 1 && other.has(name)) now.set(name, other.get(name)!);
    }
    for (const [name, each] of other) if (next() === 0) now.set(name, each);
    return [one, now];
  });

function edited(content: Content, layout: Edited['layout'], backwards: boolean): Edited {
  const groups = [0, 1, 2, 3].map((group): [number, Entry[]] => [
    group,
    [...content.values()].filter(({ keyGroup }) => keyGroup === group).map(({ entry }) => entry),
  ]);
  if (backwards) for (const [, entries] of groups) entries.reverse();
  return { layout, groups };
}

function jsonOf(value: Value): string {
  if (!(value instanceof Map)) return JSON.stringify(value);
  const pairs = [...(value as ReadonlyMap<string, bigint>)].map(([key, number]) =>
    JSON.stringify([key, Number(number)]),
  );
  return `[${pairs.sort().join()}]`;
}

/** What must be found: `+ state key`, and of changed maps their entries. */
function expectedChanges(old: Content, now: Content): string[] {
  const found: string[] = [];
  for (const [name, { entry }] of old) {
    const after = now.get(name)?.entry;
    if (after === undefined) found.push(`- ${name}`);
    else if (jsonOf(entry.value) !== jsonOf(after.value))
      found.push(`~ ${name}${mapChanges(entry.value, after.value)}`);
  }
  for (const name of now.keys()) if (!old.has(name)) found.push(`+ ${name}`);
  return found.sort();
}

function mapChanges(old: Value, now: Value): string {
  if (!(old instanceof Map) || !(now instanceof Map)) return '';
  const told = new Set([...old.keys(), ...now.keys()]);
  const fields = [...told].flatMap((key: string) => {
    const [a, b] = [old.get(key), now.get(key)].map((each) =>
      each === undefined ? undefined : Number(each),
    );
    const place = `value[${JSON.stringify(key)}]`;
    if (a === b) return [];
    if (a === undefined) return [`+ ${place}: ${b}`];
    return [b === undefined ? `- ${place}: ${a}` : `${place}: ${a} → ${b}`];
  });
  return ` ${fields.sort().join()}`;
}

const SIGNS = { added: '+', removed: '-', changed: '~' } as const;

function foundChanges(changes: readonly EntryChange[]): string[] {
  return changes
    .map(({ change, address, key, kind, fields }) => {
      const name = `${SIGNS[change]} ${address.slice(address.indexOf('/') + 1)} ${String(key)}`;
      return kind === 'map' && change === 'changed' ? `${name} ${fields.map(textOf).sort().join()}` : name;
    })
    .sort();
}

describe('random edits are found exactly', () => {
  const layouts = ['canonical', 'heap'] as const;
  for (const before of layouts) {
    for (const after of layouts) {
      test(`${before} to ${after}`, async () => {
        const property = fc.asyncProperty(PAIR, fc.boolean(), async ([old, now], backwards) => {
          const a = await memorySavepoint(edited(old, before, false));
          const b = await memorySavepoint(edited(now, after, backwards));
          const view = await diffOf(a, b);
          assert.deepEqual(foundChanges(view.changes), expectedChanges(old, now));
          assert.equal(view.total?.old, old.size);
          assert.equal(view.total?.new, now.size);
          assert.equal(view.verdict, expectedChanges(old, now).length === 0 ? 'same' : 'differs');
          const directory = path.join(scratchRoot, 'scratch');
          const scratch = { fs: new LocalFileSystem(), directory, budget: 60 };
          const bounded = await diffOf(a, b, { scratch, decodeAll: true });
          assert.deepEqual({ ...bounded, equalKeyGroups: view.equalKeyGroups }, view);
        });
        await fc.assert(property, { numRuns: 60 });
        const left = existsSync(path.join(scratchRoot, 'scratch'))
          ? readdirSync(scratchRoot, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
          : [];
        assert.deepEqual(left, [], 'no file is left');
      });
    }
  }
});
