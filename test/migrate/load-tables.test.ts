import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { describer, exportColumns } from '@statewright/inspect';
import { csvHeader, csvRow, openParquet } from '@statewright/report';
import { openSavepoint } from '@statewright/savepoint';
import { FIXTURES } from '../savepoint/corpus.js';
import { type Shown, unmigrated } from './in-memory.js';
import { exported, FRAUD, find, KINDS, load, POJOS, pairs, refused, TYPES } from './load-case.js';

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
