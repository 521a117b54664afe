import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { StatewrightError } from '@statewright/bytes';
import { printType } from '@statewright/compat';
import { type Shown, unmigrated } from './in-memory.js';
import { FRAUD, find, KINDS, load, pairs, refused } from './load-case.js';

describe('load-state from NDJSON', () => {
  test('key and value, of the types that the plan declares', async () => {
    const text = '{"key":"a","value":1}\n\n{"value":"9223372036854775807","key":"b","other":true}\n';
    const { state, entries } = await load('a.ndjson', text, 'kind: value, value: long');
    assert.equal(printType(state.keySerializer!), 'string');
    assert.equal(printType(state.namespaceSerializer!), 'void-namespace');
    assert.deepEqual(pairs(entries), [
      ['a', 1],
      ['b', '9223372036854775807'],
    ]);
  });

  test('a number beyond 2^53 is not rounded', async () => {
    const { entries } = await load(
      'b.ndjson',
      '{"key":"a","value":9007199254740993}',
      'kind: value, value: long',
    );
    assert.deepEqual(pairs(entries), [['a', '9007199254740993']]);
  });

  test('what export writes comes back, for every kind of keyed state', async () => {
    for (const name of ['value', 'list', 'list-of-strings', 'map', 'map-by-int', 'reducing', 'aggregating']) {
      for (const operator of ['kinds', 'kinds-with-ttl']) {
        const { lines, state } = await find(KINDS, `${operator}/${name}`);
        const shown = await unmigrated(KINDS, `${operator}/${name}`);
        const loaded = await load('again.ndjson', lines.join('\n'), 'duplicates: last', {
          fixture: KINDS,
          state: `${operator}/${name}`,
        });
        assert.equal(loaded.state.kind, state.kind);
        const again = loaded.entries.slice(shown.length);
        assert.deepEqual(sorted(again), sorted(shown), `${operator}/${name}`);
      }
    }
  });

  test('timers, broadcast state and operator lists', async () => {
    const queue = '_timer_state/event_user-timers';
    const timers = await load(
      't.ndjson',
      '{"key":"a","value":5000}\n{"key":"b","value":"9223372036854775807"}',
      'kind: timer',
      {
        state: `alert-buffer/${queue}`,
      },
    ).catch((error: StatewrightError) => error.message);
    assert.match(String(timers), /nothing tells the type of the keys/);
    const { state, entries } = await load(
      't.ndjson',
      '{"key":"a","value":5000}\n{"key":"b","value":"9223372036854775807"}',
      'kind: timer, key: string',
      { state: `alert-buffer/${queue}` },
    );
    assert.equal(printType(state.valueSerializer), 'timer<string, void-namespace>');
    assert.deepEqual(pairs(entries), [
      ['a', 5000],
      ['b', '9223372036854775807'],
    ]);
    const { lines } = await find(FRAUD, 'rules/rules');
    const broadcast = await load(
      'r.ndjson',
      lines.join('\n'),
      'kind: broadcast, value: "map<string, long>"',
      {
        state: 'rules/more',
      },
    );
    assert.equal(lines.length, 2);
    assert.deepEqual(
      broadcast.entries.map(({ value }) => value),
      [500, 1000, 1500, 2000, 2500],
    );
    const list = await load(
      'l.ndjson',
      '{"value":[[0,1],[1,2]]}',
      'kind: operator-list, value: "list<tuple<int, long>>"',
      {
        state: 'rules/offsets',
      },
    );
    assert.deepEqual(
      list.entries.map(({ value }) => value),
      [
        [0, 1],
        [1, 2],
      ],
    );
  });

  test('into an operator that is new', async () => {
    const options = 'kind: map, key: long, value: "map<string, int>", maxParallelism: 128, parallelism: 2';
    const text = '{"key":1,"value":{"a":1,"b":2}}\n{"key":2,"userKey":"c","value":3}';
    const { entries } = await load('n.ndjson', text, options, { state: 'brand-new/counts' });
    assert.deepEqual(pairs(entries), [
      [
        1,
        [
          ['a', 1],
          ['b', 2],
        ],
      ],
      [2, [['c', 3]]],
    ]);
  });

  test('TTL needs a time, from the row or the plan', async () => {
    const options = 'kind: list, value: "list<int>", ttl: true';
    assert.match(
      await refused('u.ndjson', '{"key":"a","value":[1,2]}', options),
      /u\.ndjson:1:1.*last access is not told/,
    );
    const { state, entries } = await load(
      'u.ndjson',
      '{"key":"a","value":[1,2]}\n{"key":"b","value":[3],"ttl":7}',
      `${options}, last-used: now`,
    );
    assert.equal(printType(state.valueSerializer), 'list<ttl<int>>');
    assert.deepEqual(
      entries.map(({ ttl }) => ttl),
      [[1000, 1000], [7]],
    );
  });

  test('what is wrong is said with its line', async () => {
    const value = 'kind: value, value: int';
    assert.match(
      await refused('w.ndjson', '{"key":"a","value":1}\n{"key":"b"}', value),
      /w\.ndjson:2:1: there is no value/,
    );
    assert.match(
      await refused('w.ndjson', '{"key":"a","value":2147483648}', value),
      /w\.ndjson:1:1: value: 2147483648 is found but an int/,
    );
    assert.match(
      await refused('w.ndjson', '{"key":1,"value":1}', value),
      /key: 1 is found but a string is expected/,
    );
    assert.match(await refused('w.ndjson', '{"key":"a","value":null}', value), /the value is null/);
    assert.match(await refused('w.ndjson', '{"key":"a"', value), /w\.ndjson:1:1: the line is no JSON/);
    assert.match(await refused('w.ndjson', '[1]', value), /no object/);
    assert.match(await refused('w.ndjson', Uint8Array.of(0x7b, 0xff, 0x7d), value), /not UTF-8/);
    assert.match(await refused('w.txt', '{}', value), /does not tell its format/);
    assert.match(await refused('w.ndjson', '{}', 'kind: list, value: int'), /list<TYPE>/);
    assert.match(await refused('w.ndjson', '{}', 'value: int'), /its kind is needed/);
    assert.match(
      await refused('w.ndjson', '{}', 'kind: value, value: int, key: long'),
      /whose key is string/,
    );
    assert.match(
      await refused('w.ndjson', '{}', value, { state: 'unknown/x' }),
      /number of key groups is needed/,
    );
  });
});

function sorted(entries: readonly Shown[]): string[] {
  return entries.map((entry) => JSON.stringify(entry)).sort();
}

describe('files that are read in pieces', () => {
  test('lines and cells may end anywhere', async () => {
    const count = 60_000;
    const keys = Array.from({ length: count }, (_, i) => `schlüssel "${i}"`);
    const ndjson = keys.map((key, i) => `${JSON.stringify({ key, value: i })}\r\n`).join('');
    const csv = `key,value\n${keys.map((key, i) => `"${key.replaceAll('"', '""')}",${i}\n`).join('')}`;
    assert.ok(ndjson.length > 2 ** 21 && csv.length > 2 ** 20);
    for (const [file, text] of [
      ['big.ndjson', ndjson],
      ['big.csv', csv],
    ] as const) {
      const { entries } = await load(file, text, 'kind: value, value: int');
      assert.equal(entries.length, count);
      assert.deepEqual(
        pairs(entries),
        keys.map((key, i) => [key, i]),
        file,
      );
    }
  });
});

describe('a state that is there', () => {
  const count = { state: 'fraud-detector/tx-count' };

  test('may have its types said again, but no others', async () => {
    const line = '{"key":"new","value":1}';
    const { entries } = await load('s.ndjson', line, 'kind: value, key: string, value: long', count);
    assert.deepEqual(pairs(entries).at(-1), ['new', 1]);
    assert.match(await refused('s.ndjson', line, 'kind: list', count), /its kind is value/);
    assert.match(await refused('s.ndjson', line, 'value: int', count), /serializers of their values differ/);
    assert.match(await refused('s.ndjson', line, 'key: long', count), /whose key is string/);
    assert.match(
      await refused('s.ndjson', line, 'value: long, ttl: true', count),
      /serializers of their values differ/,
    );
  });
});
