import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { LocalFileSystem } from '@statewright/bytes';
import { type ExportOptions, exportLines, findStates, textLines } from '@statewright/inspect';
import { openSavepoint } from '@statewright/savepoint';
import { ROOT } from '../architecture/source-tree.js';

/* Exported lines against what Flink's State Processor API saw, and in the same order whatever the memory. */

const SAVEPOINTS = path.join(ROOT, 'fixtures/savepoints');
const scratchRoot = mkdtempSync(path.join(os.tmpdir(), 'statewright-export-'));
after(() => rmSync(scratchRoot, { recursive: true }));

const fs = new LocalFileSystem();

function scratch(budget: number): ExportOptions['scratch'] {
  return { fs, directory: path.join(scratchRoot, 'scratch'), budget };
}

async function linesOf(fixture: string, options: Partial<ExportOptions> = {}): Promise<string[]> {
  const directory = path.join(SAVEPOINTS, fixture);
  const savepoint = await openSavepoint(directory, { relocate: true, uidCandidates: uidsOf(directory) });
  const lines: string[] = [];
  const all = exportLines(savepoint, findStates(savepoint, undefined), {
    scratch: scratch(1 << 26),
    ...options,
  });
  for await (const chunk of all) lines.push(...textLines(chunk));
  return lines;
}

function expected(directory: string): { readonly [name: string]: unknown }[] {
  const text = readFileSync(path.join(directory, 'expect.entries.ndjson'), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

function uidsOf(directory: string): string[] {
  return [...new Set(expected(directory).map(({ uid }) => uid as string))];
}

/** The State Processor API gives broadcast state once, and no time of last access; an opaque value has a class there. */
function comparable(line: string): string {
  const { ttl: _, ...parsed } = JSON.parse(line) as { [name: string]: unknown };
  if (parsed.kind === 'broadcast') parsed.subtask = null;
  return JSON.stringify(parsed);
}

const FRAUD = readdirSync(SAVEPOINTS).filter(
  (name) =>
    name.startsWith('fraud-detector') &&
    !/rocksdb-(checkpoint|savepoint-native)|changelog|unaligned/.test(name),
);

describe('export', () => {
  test('there are fixtures', () => assert.ok(FRAUD.length >= 12, FRAUD.join(' ')));

  for (const fixture of FRAUD) {
    test(`${fixture} gives what Flink sees`, async () => {
      const wanted = expected(path.join(SAVEPOINTS, fixture)).map((line) => JSON.stringify(line));
      const found = [...new Set((await linesOf(fixture)).map(comparable))];
      assert.deepEqual(found.toSorted(), wanted.toSorted());
    });
  }

  test('keyed lines come in key-group order, then state by state, then by key bytes', async () => {
    const lines = await linesOf('fraud-detector-flink2.3-hashmap-savepoint-native');
    const keyed = lines.map((line) => JSON.parse(line)).filter(({ keyGroup }) => keyGroup !== undefined);
    // A StringValue begins with its length, so that shorter keys come first.
    const place = ({ keyGroup, kind, state, key, value }: { [name: string]: string | number }) =>
      [
        String(keyGroup).padStart(5, '0'),
        kind,
        state,
        String(String(key).length).padStart(3, '0'),
        key,
        kind === 'timer' ? value : '',
      ].join(' ');
    const places = keyed.map(place);
    assert.ok(places.length > 100);
    assert.deepEqual(places, places.toSorted());
  });

  for (const fixture of [
    'fraud-detector-flink2.3-hashmap-savepoint-native',
    'zoo-kinds-flink2.3-hashmap-checkpoint',
  ]) {
    test(`${fixture}: a memory of 300 characters gives the same lines, and leaves no file`, async () => {
      const whole = await linesOf(fixture);
      assert.deepEqual(await linesOf(fixture, { scratch: scratch(300) }), whole);
      const left = existsSync(path.join(scratchRoot, 'scratch'))
        ? readdirSync(path.join(scratchRoot, 'scratch'), { recursive: true, withFileTypes: true }).filter(
            (one) => one.isFile(),
          )
        : [];
      assert.deepEqual(left, []);
    });
  }

  test('a reader that stops early leaves no file either', async () => {
    const savepoint = await openSavepoint(
      path.join(SAVEPOINTS, 'fraud-detector-keygroups-flink2.3-hashmap-savepoint'),
    );
    const states = findStates(savepoint, undefined);
    for await (const _ of exportLines(savepoint, states, { scratch: scratch(50) })) break;
    const left = readdirSync(scratchRoot, { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    assert.deepEqual(left, []);
  });

  test('flattened, a list is its elements and a map its entries', async () => {
    const whole = (await linesOf('fraud-detector-flink2.3-rocksdb-savepoint')).map((line) =>
      JSON.parse(line),
    );
    const flat = (await linesOf('fraud-detector-flink2.3-rocksdb-savepoint', { flatten: true })).map((line) =>
      JSON.parse(line),
    );
    const parts = whole.flatMap((line): unknown[] => {
      if (line.kind === 'map' || line.kind === 'broadcast') {
        return line.value.map(([userKey, value]: [unknown, unknown]) => ({ ...line, userKey, value }));
      }
      return line.kind.endsWith('list')
        ? line.value.map((value: unknown, index: number) => ({ ...line, index, value }))
        : [line];
    });
    assert.deepEqual(flat, parts);
  });
});
