import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { LocalFileSystem } from '@statewright/bytes';
import { describer, exportColumns, exportLines, findStates, textLines } from '@statewright/inspect';
import { csvHeader, csvRow, type ExportRecord, openParquet } from '@statewright/report';
import { openSavepoint } from '@statewright/savepoint';
import { parquetReadObjects } from 'hyparquet';
import { ROOT } from '../architecture/source-tree.js';

/* CSV and Parquet read back by others, against the NDJSON lines. */

const SAVEPOINTS = path.join(ROOT, 'fixtures/savepoints');
const directory = mkdtempSync(path.join(os.tmpdir(), 'statewright-tables-'));
after(() => rmSync(directory, { recursive: true }));

async function exported(fixture: string, address: string, flatten = false) {
  const savepoint = await openSavepoint(path.join(SAVEPOINTS, fixture), { relocate: true });
  const states = findStates(savepoint, address);
  const columns = exportColumns(states, describer(), flatten);
  const scratch = { fs: new LocalFileSystem(), directory, budget: 1 << 20 };
  const records: ExportRecord[] = [];
  for await (const chunk of exportLines(savepoint, states, { scratch, flatten })) {
    records.push(...textLines(chunk).map((line) => JSON.parse(line) as ExportRecord));
  }
  assert.ok(records.length > 0);
  return { columns, records };
}

/** Reads RFC 4180: quotes, doubled quotes, CR LF; undefined for an empty cell without quotes. */
function parseCsv(text: string): (string | undefined)[][] {
  const rows: (string | undefined)[][] = [[]];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy;
  for (const [, raw = '', end] of text.matchAll(cell)) {
    const value = raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw === '' ? undefined : raw;
    rows.at(-1)!.push(value);
    if (end === '\r\n') rows.push([]);
  }
  rows.pop();
  return rows;
}

async function csvOf(fixture: string, address: string, flatten = false) {
  const { columns, records } = await exported(fixture, address, flatten);
  const text = csvHeader(columns) + records.map((record) => csvRow(columns, record)).join('');
  const [head, ...rows] = parseCsv(text);
  return {
    head: head!,
    rows: rows.map((row) => Object.fromEntries(row.map((cell, i) => [head![i]!, cell]))),
    records,
  };
}

const FRAUD = 'fraud-detector-flink2.3-rocksdb-savepoint';

describe('CSV', () => {
  test('a scalar stands as it is', async () => {
    const { rows, records } = await csvOf(FRAUD, 'fraud-detector/last-amount');
    assert.deepEqual(
      rows.map(({ keyGroup, key, value }) => [Number(keyGroup), key, Number(value)]),
      records.map(({ keyGroup, key, value }) => [keyGroup, key, value]),
    );
  });

  test('fields of a POJO are columns', async () => {
    const { head, rows, records } = await csvOf(FRAUD, 'alert-buffer/buffered-alerts', true);
    assert.deepEqual(head.slice(-4), ['value.account', 'value.amount', 'value.subtask', 'value']);
    for (const [i, row] of rows.entries()) {
      const value = records[i]!.value as { account: string; amount: number; subtask: number };
      assert.deepEqual(
        [row['value.account'], Number(row['value.amount']), row.value],
        [value.account, value.amount, undefined],
      );
    }
  });

  test('a map is JSON text, quoted', async () => {
    const { rows, records } = await csvOf(FRAUD, 'fraud-detector/seen-merchants');
    assert.deepEqual(
      rows.map(({ value }) => JSON.parse(value!)),
      records.map(({ value }) => value),
    );
  });

  for (const address of ['pojos/animal', 'kryo/holder', 'pojos/customer']) {
    test(`${address}: what columns cannot say stands in full beside them`, async () => {
      const { rows, records, head } = await csvOf('zoo-pojos-flink2.3-rocksdb-savepoint', address);
      const fields = head.flatMap((name) =>
        name?.startsWith('value.') ? [name.slice('value.'.length)] : [],
      );
      for (const [i, row] of rows.entries()) {
        const value = records[i]!.value as { readonly [name: string]: unknown };
        if (row.value !== undefined) assert.deepEqual(JSON.parse(row.value), value);
        else assert.deepEqual(Object.keys(value).toSorted(), fields.toSorted());
      }
    });
  }

  test('text with quotes, commas and line breaks comes back', () => {
    const columns = [
      { name: 'key', type: 'string', path: ['key'] },
      { name: 'value', type: 'json', path: ['value'] },
    ] as const;
    const texts = ['a,b', 'say "so"', 'line\nbreak', 'end\r\n', '', '=1+1', ' space '];
    const text = csvHeader(columns) + texts.map((key) => csvRow(columns, { key, value: null })).join('');
    assert.deepEqual(
      parseCsv(text)
        .slice(1)
        .map(([key]) => key),
      texts,
    );
  });
});

async function parquetOf(fixture: string, address: string, flatten = false) {
  const { columns, records } = await exported(fixture, address, flatten);
  const file = await openParquet(columns);
  const parts = records.map((record) => file.add(record, 1 << 22)).filter((part) => part !== undefined);
  assert.ok(records.length < 8 || parts.length > 0, 'several row groups');
  const bytes = Buffer.concat([...parts, file.finish()]);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  return { rows: await parquetReadObjects({ file: buffer }), records };
}

describe('Parquet, read by hyparquet', () => {
  test('longs are 64-bit integers', async () => {
    const { rows, records } = await parquetOf(FRAUD, 'fraud-detector/tx-count');
    assert.deepEqual(
      rows.map(({ uid, keyGroup, key, value }) => [uid, keyGroup, key, value]),
      records.map(({ uid, keyGroup, key, value }) => [uid, keyGroup, key, BigInt(value as number)]),
    );
  });

  test('records have a column a field, anything else is JSON text', async () => {
    const { rows, records } = await parquetOf(FRAUD, 'alert-buffer/buffered-alerts', true);
    assert.deepEqual(
      rows.map((row) => [row['value.account'], row['value.amount'], row['value.subtask']]),
      records.map(({ value }) => {
        const { account, amount, subtask } = value as { account: string; amount: number; subtask: number };
        return [account, BigInt(amount), subtask];
      }),
    );
    const maps = await parquetOf(FRAUD, 'fraud-detector/seen-merchants');
    assert.deepEqual(
      maps.rows.map(({ value }) => JSON.parse(value as string)),
      maps.records.map(({ value }) => value),
    );
  });

  test('doubles, also those that are no number', async () => {
    const { rows, records } = await parquetOf(FRAUD, 'fraud-detector/last-amount');
    assert.deepEqual(
      rows.map(({ value }) => value),
      records.map(({ value }) => value),
    );
  });
});
