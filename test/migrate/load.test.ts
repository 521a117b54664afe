import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { LocalFileSystem, type StatewrightError } from '@statewright/bytes';
import { printType } from '@statewright/compat';
import { describer, exportColumns, exportLines, textLines } from '@statewright/inspect';
import { csvHeader, csvRow, openParquet } from '@statewright/report';
import { openSavepoint, type Savepoint, type State } from '@statewright/savepoint';
import { FIXTURES } from '../savepoint/corpus.js';
import { type Migrated, migrate, type Shown, unmigrated } from './in-memory.js';

const FRAUD = 'fraud-detector-flink2.3-hashmap-savepoint';
const TYPES = 'zoo-types-flink2.3-hashmap-savepoint';
const POJOS = 'zoo-pojos-flink2.3-hashmap-savepoint';
const KINDS = 'zoo-kinds-flink2.3-hashmap-savepoint';

let directory = '';
before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'load-'));
});
after(() => rm(directory, { recursive: true }));

const pathOf = (name: string) => join(directory, name);

/** Loads a file into a new state of the fraud detector, or wherever `options` says. */
async function load(
  file: string,
  text: string | Uint8Array,
  options: string,
  { fixture = FRAUD, state = 'fraud-detector/new' } = {},
): Promise<Migrated> {
  await writeFile(pathOf(file), text);
  const plan = `  - load-state: { state: ${state}, from: ./${file}, ${options} }`;
  return migrate(fixture, plan, state, { pathOf, nowMillis: 1_000n });
}

async function refused(
  file: string,
  text: string | Uint8Array,
  options: string,
  place = {},
): Promise<string> {
  const error = await load(file, text, options, place).then(
    () => assert.fail('nothing was thrown'),
    (thrown: StatewrightError) => thrown,
  );
  return error.message ?? String(error);
}

function pairs(entries: readonly Shown[]): unknown[] {
  return entries.map(({ key, value }) => [key, value]);
}

async function* exported(savepoint: Savepoint, state: State, flatten: boolean): AsyncGenerator<string> {
  const scratch = { fs: new LocalFileSystem(), directory, budget: 1 << 20 };
  for await (const chunk of exportLines(savepoint, [state], { scratch, flatten })) yield* textLines(chunk);
}

async function find(fixture: string, address: string): Promise<{ state: State; lines: string[] }> {
  const savepoint = await openSavepoint(join(FIXTURES, fixture));
  const [uid, ...name] = address.split('/');
  const operator = savepoint.operators.find((one) => one.uid === uid)!;
  const state = operator.states.find((one) => one.name === name.join('/'))!;
  const lines: string[] = [];
  for await (const line of exported(savepoint, state, false)) lines.push(line);
  return { state, lines };
}

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

describe('load-state from CSV', () => {
  test('columns of key and value; quotes, commas and line breaks', async () => {
    const text = '\ufeffkey,value,more\r\na,plain,1\r\n"b, c","two\r\n""lines""",2\r\nd,"",3';
    const { entries } = await load('a.csv', text, 'kind: value, value: string');
    assert.deepEqual(pairs(entries), [
      ['a', 'plain'],
      ['b, c', 'two\r\n"lines"'],
      ['d', ''],
    ]);
  });

  test('a POJO by a column a field, columns of other names', async () => {
    const type = 'pojo com.acme.Account { balance: bigdecimal, name: string, score: long }';
    const text = 'id,balance,name,score\n1,12.50,"Ada",9007199254740993\n2,,"",-1\n';
    const { entries } = await load(
      'p.csv',
      text,
      `kind: value, key: int, value: "${type}", columns: { key: id }, maxParallelism: 128`,
      { state: 'accounts/account' },
    );
    assert.deepEqual(pairs(entries), [
      [1, { balance: '12.50', name: 'Ada', score: '9007199254740993' }],
      [2, { balance: null, name: '', score: -1 }],
    ]);
  });

  test('rows of lists and maps add up', async () => {
    const list = await load('l.csv', 'key,value\na,1\na,2\nb,3\n', 'kind: list, value: "list<int>"');
    assert.deepEqual(pairs(list.entries), [
      ['a', [1]],
      ['a', [2]],
      ['b', [3]],
    ]);
    const map = await load(
      'm.csv',
      'key,userKey,value\na,x,1.5\na,y,NaN\n',
      'kind: map, value: "map<string, double>"',
    );
    assert.deepEqual(pairs(map.entries), [
      ['a', [['x', 1.5]]],
      ['a', [['y', 'NaN']]],
    ]);
  });

  test('what is wrong is said with its line', async () => {
    const value = 'kind: value, value: int';
    assert.match(
      await refused('w.csv', 'key,value\na,1\nb\n', value),
      /w\.csv:3:1: the row has 1 cells, but the header has 2/,
    );
    assert.match(await refused('w.csv', 'key,value\na,"1\n', value), /w\.csv:2:1: a quote is opened/);
    assert.match(await refused('w.csv', 'key,value\na,"1"x\n', value), /behind a closing quote/);
    assert.match(await refused('w.csv', 'key,value\na,1"\n', value), /inside a cell without quotes/);
    assert.match(
      await refused('w.csv', 'key,value\n"x\ny",1\nb,one\n', value),
      /w\.csv:4:1: value: "one" is found/,
    );
    assert.match(await refused('w.csv', 'key,key\n', value), /two columns are called "key"/);
    assert.match(await refused('w.csv', '', value), /the file is empty/);
    assert.match(
      await refused('w.csv', 'k,value\na,1\n', value),
      /there is no key.*columns: \{ key: COLUMN \}/,
    );
  });
});

describe('what export writes as tables', () => {
  /** An exported state as CSV and Parquet, as `export` makes them. */
  async function tables(fixture: string, address: string, flatten: boolean) {
    const savepoint = await openSavepoint(join(FIXTURES, fixture));
    const { state } = await find(fixture, address);
    const own = savepoint.operators
      .flatMap(({ states }) => states)
      .find((one) => one.operator.uid === state.operator.uid && one.name === state.name)!;
    const columns = exportColumns([own], describer(savepoint.formats), flatten);
    const parquet = await openParquet(columns);
    const parts: Uint8Array[] = [];
    let csv = csvHeader(columns);
    for await (const line of exported(savepoint, own, flatten)) {
      const record = JSON.parse(line) as { readonly [name: string]: unknown };
      csv += csvRow(columns, record);
      const part = parquet.add(record, line.length);
      if (part !== undefined) parts.push(part);
    }
    parts.push(parquet.finish());
    return { csv, parquet: Buffer.concat(parts) };
  }

  const CASES = [
    [FRAUD, 'fraud-detector/tx-count', false],
    [FRAUD, 'fraud-detector/last-amount', false],
    [FRAUD, 'fraud-detector/seen-merchants', true],
    [KINDS, 'kinds-with-ttl/list', true],
    [KINDS, 'kinds-with-ttl/value', false],
    [POJOS, 'pojos/customer', false],
    [POJOS, 'pojos/addresses', true],
    [TYPES, 'basic/big-decimal', false],
    [TYPES, 'basic/long', false],
    [TYPES, 'basic/enum', false],
    [TYPES, 'basic/double', false],
    [TYPES, 'containers/tuple3', false],
  ] as const;

  for (const [fixture, address, flatten] of CASES) {
    test(`${address} comes back from CSV and Parquet`, async () => {
      const { csv, parquet } = await tables(fixture, address, flatten);
      const before = await unmigrated(fixture, address);
      for (const [file, text] of [
        ['x.csv', csv],
        ['x.parquet', parquet],
      ] as const) {
        const { entries } = await load(file, text, 'duplicates: last', { fixture, state: address });
        assert.deepEqual(flat(entries.slice(before.length)), flat(before), file);
      }
    });
  }

  /** Rows of tables are elements and map entries. */
  function flat(entries: readonly Shown[]): string[] {
    const items = entries.flatMap((entry): unknown[] => {
      const { key, value, ttl } = entry;
      if (!Array.isArray(ttl) && !(Array.isArray(value) && value.every((one) => Array.isArray(one))))
        return [entry];
      return (value as unknown[]).map((one, i) => ({
        key,
        one,
        ttl: Array.isArray(ttl) ? ttl[i] : undefined,
      }));
    });
    return items.map((item) => JSON.stringify(item)).sort();
  }

  test('what is no Parquet file is said', async () => {
    assert.match(
      await refused('w.parquet', 'no parquet at all', 'kind: value, value: int'),
      /cannot be read as Parquet/,
    );
  });
});
