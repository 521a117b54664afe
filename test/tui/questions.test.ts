import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { ROOT } from '../architecture/source-tree.js';
import { type Line, linesOf, storedBytes, stringBytes, valueBytes } from './flink-sizes.js';
import { type Browser, openBrowser, SIZES } from './press.js';

/* The questions of docs/browse.md: their keys are pressed as they stand there, the answers come from what Flink wrote about the fixtures. */

const MOST_PRESSES = 6;
const DAY = 86_400_000;
/** Long after all fixtures were written. */
const LATER = Date.UTC(2100, 0, 1);

interface Question {
  readonly text: string;
  readonly snapshot: string;
  /** Keys as they are called, and texts that are typed. */
  readonly presses: readonly ({ readonly key: string } | { readonly typed: string })[];
}

function readQuestions(): readonly Question[] {
  const rows = readFileSync(path.join(ROOT, 'docs/browse.md'), 'utf8').split('\n');
  const from = rows.indexOf('| question | snapshot | press | answer |');
  const end = rows.indexOf('', from);
  return rows.slice(from + 2, end).map((row) => {
    const [, text = '', snapshot = '', press = ''] = row.split('|').map((cell) => cell.trim());
    const presses = [...press.matchAll(/`([^`]+)`|\*([^*]+)\*/g)].map(([, key, typed]) =>
      key === undefined ? { typed: typed! } : { key },
    );
    return { text, snapshot: `fixtures/${snapshot.replaceAll('`', '')}`, presses };
  });
}

/** The rows of the screen, without breadcrumbs and hints. */
type Answer = (rows: readonly string[], question: Question) => void;

function largest<T>(list: readonly T[], size: (each: T) => number): T {
  return list.reduce((a, b) => (size(b) > size(a) ? b : a));
}

function grouped<K>(lines: readonly Line[], by: (line: Line) => K): Map<K, Line[]> {
  const groups = new Map<K, Line[]>();
  for (const each of lines) groups.set(by(each), [...(groups.get(by(each)) ?? []), each]);
  return groups;
}

function keyed(snapshot: string): readonly Line[] {
  return linesOf(snapshot).filter(({ uid }) => uid === 'fraud-detector');
}

/** The states of the keyed operator with their bytes. */
function sizesOf(snapshot: string): [string, number][] {
  const bytes = (each: Line) => stringBytes(each.key as string) + valueBytes(each);
  return [...grouped(keyed(snapshot), ({ state }) => state)].map(([state, lines]) => [
    state,
    lines.reduce((sum, each) => sum + bytes(each), 0),
  ]);
}

function largestState(snapshot: string): string {
  return largest(sizesOf(snapshot), ([, bytes]) => bytes)[0];
}

/** The first row of a table below its head. */
function firstRow(rows: readonly string[], head: RegExp): string {
  return rows[rows.findIndex((row) => head.test(row)) + 1]!;
}

const ANSWERS = new Map<string, Answer>([
  [
    'Which state is largest?',
    (rows, { snapshot }) => {
      assert.match(firstRow(rows, /^STATE/), new RegExp(`^fraud-detector/${largestState(snapshot)} `));
    },
  ],
  [
    'Which keys are largest?',
    (rows, { snapshot }) => {
      const state = largestState(snapshot);
      const own = keyed(snapshot).filter((each) => each.state === state);
      const most = largest(own, (each) => stringBytes(each.key as string) + valueBytes(each));
      const bytes = stringBytes(most.key as string) + valueBytes(most);
      assert.match(rows.join('\n'), new RegExp(`largest keys +"${most.key}" ${bytes} B`));
    },
  ],
  [
    'What has expired?',
    (rows, { snapshot }) => {
      // Everything was written before this clock minus a week.
      const names = grouped(linesOf(snapshot), ({ uid, kind, state }) => `${kind}:${uid}/${state}`);
      let seen = 0;
      for (const [name, lines] of names) {
        const [kind, address] = name.split(':') as [string, string];
        const row = rows.find((each) => each.startsWith(`${address} `));
        if (row === undefined) continue;
        const ttl = address.startsWith('kinds-with-ttl/') && kind !== 'timer' && lines.length > 0;
        assert.equal(/ 100 %$/.test(row), ttl, row);
        seen += Number(ttl);
      }
      assert.equal(seen, 7);
    },
  ],
  [
    'What falls back to Kryo?',
    (rows, { snapshot }) => {
      const opaque = linesOf(snapshot).filter(({ value }) => JSON.stringify(value).includes('"@opaque"'));
      const shown = rows.filter((row) => row.includes('kryo-fallback')).join('\n');
      const states = new Set(opaque.map(({ state }) => state));
      assert.ok(states.size > 3);
      for (const state of states) assert.match(shown, new RegExp(`/${state} > value`));
    },
  ],
  [
    'What does a key hold?',
    (rows, { snapshot, presses }) => {
      const key = presses.flatMap((each) => ('typed' in each ? [each.typed] : []))[0];
      const held = keyed(snapshot).filter((each) => each.key === key && each.kind === 'value');
      const found = held.find(({ state }) => state === 'last-amount')!;
      assert.ok(rows.includes(`  value: ${found.value}`), rows.join('\n'));
    },
  ],
  [
    'What has changed since yesterday?',
    (rows, { snapshot }) => {
      const [before, now] = ['previous.ndjson', 'current.ndjson'].map((file) => linesOf(snapshot, file));
      const old = new Map(before!.map((each) => [`${each.state} ${each.key}`, JSON.stringify(each.value)]));
      const changed = now!.filter((each) => {
        const was = old.get(`${each.state} ${each.key}`);
        return was !== undefined && was !== JSON.stringify(each.value);
      });
      const row = rows.find((each) => each.includes('fraud-detector/profile'));
      assert.match(row!, new RegExp(` +0 +0 +${changed.length} +\\d+$`));
      assert.ok(changed.length > 0);
    },
  ],
  [
    'Will it restore on Flink 2.3?',
    (rows, { snapshot }) => {
      const judged = path.join(ROOT, snapshot, '../flink2.3.json');
      const answers = Object.values(JSON.parse(readFileSync(judged, 'utf8')) as object);
      assert.ok(answers.every(({ restored }) => restored === false));
      assert.doesNotMatch(rows.join('\n'), / 0 errors/);
      assert.match(rows.join('\n'), /^error .*\/[\w-]+ > value > field/m);
    },
  ],
  [
    'When do timers fire?',
    (rows, { snapshot }) => {
      const due = keyed(snapshot).flatMap(({ kind, value }) => (kind === 'timer' ? [value as number] : []));
      assert.ok(firstRow(rows, /^DUE/).startsWith(new Date(Math.min(...due)).toISOString()));
    },
  ],
  [
    'How skewed are the key groups?',
    (rows, { snapshot }) => {
      const groups = [...grouped(keyed(snapshot), ({ keyGroup }) => keyGroup!)];
      const [most] = largest(groups, ([, own]) => own.reduce((sum, each) => sum + storedBytes(each), 0));
      const row = rows.find((each) => each.startsWith('largest:'));
      assert.match(row!, new RegExp(`^largest: ${most} with .* × the mean$`));
    },
  ],
  [
    'Which checkpoint is the newest, and which of its files are large?',
    (rows, { snapshot }) => {
      const folder = path.join(copied.get(snapshot)!, NEWEST.get(snapshot)!);
      const files = readdirSync(folder).filter((name) => !/^(_metadata|expect\..*)$/.test(name));
      const most = largest(files, (name) => statSync(path.join(folder, name)).size);
      assert.ok(files.length > 2);
      assert.ok(firstRow(rows, /^FILE/).startsWith(most.slice(0, 16)));
    },
  ],
]);

/** The snapshot of a directory that is made the newest one. */
const NEWEST = new Map([
  ['fixtures/stories/enum-constants-reordered/flink2.3', 'current'],
  ['fixtures/savepoints', 'fraud-detector-flink2.3-rocksdb-savepoint'],
]);

/** Copies of directories of snapshots, of which one is a day younger than all others. */
const copied = new Map<string, string>();
const scratch = mkdtempSync(path.join(os.tmpdir(), 'statewright-questions-'));
after(() => rmSync(scratch, { recursive: true }));

function copyOf(snapshot: string): string {
  const target = path.join(scratch, String(copied.size));
  cpSync(path.join(ROOT, snapshot), target, { recursive: true });
  for (const name of readdirSync(target)) {
    const file = path.join(target, name, '_metadata');
    if (!existsSync(file)) continue;
    const time = new Date(LATER - (name === NEWEST.get(snapshot) ? DAY : 2 * DAY));
    utimesSync(file, time, time);
  }
  copied.set(snapshot, target);
  return target;
}

async function openFor({ snapshot }: Question): Promise<Browser> {
  const options = { now: () => LATER };
  if (readdirSync(path.join(ROOT, snapshot)).includes('_metadata'))
    return openBrowser(snapshot, SIZES[0], options);
  // As `browse DIR` does: the newest snapshot is open, and the list is shown.
  const directory = copyOf(snapshot);
  return openBrowser(path.join(directory, NEWEST.get(snapshot)!), SIZES[0], { ...options, directory });
}

describe('questions of docs/browse.md', () => {
  const questions = readQuestions();
  test('are ten, and each has an answer here', () => {
    assert.deepEqual(
      questions.map(({ text }) => text),
      [...ANSWERS.keys()],
    );
    assert.equal(questions.length, 10);
  });
  for (const question of questions) {
    test(`${question.text} is answered in at most ${MOST_PRESSES} key presses`, async () => {
      const keys = question.presses.filter((each) => 'key' in each);
      assert.ok(keys.length <= MOST_PRESSES && keys.length > 0, `${keys.length}`);
      const ui = await openFor(question);
      for (const press of question.presses) {
        if ('key' in press) await ui.press(press.key);
        else await ui.type(press.typed);
      }
      ANSWERS.get(question.text)!(ui.frame().split('\n').slice(1, -1), question);
    });
  }
});
