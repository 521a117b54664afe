import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { DataInputView, DataOutputView, StatewrightError } from '@statewright/bytes';
import {
  type Codec,
  compileCodec,
  describeSerializer,
  Opaque,
  type RowValue,
  readSerializerSnapshot,
  type SerializerSnapshot,
  toJson,
  traceValue,
  writeSerializerSnapshot,
} from '@statewright/serializers';
import fc from '../property.js';
import { madeAnew } from './values-made-anew.js';

/** Written by Flink's own serializers, see java/: `NAME.snapshot`, `.data`, `.json` and `.hash` by Flink version. */
const FIXTURES = new URL('../../table/fixtures/', import.meta.url);
const CASES = ['1.20', '2.3'].flatMap((version) =>
  readdirSync(new URL(`${version}/`, FIXTURES))
    .filter((file) => file.endsWith('.snapshot'))
    .map((file) => `${version}/${file.replace('.snapshot', '')}`),
);
/** What only Flink itself knows: a row without types, and a value in a RAW array. */
const OPAQUE = ['1.20/binary-row', '1.20/raw-in-array'];
/** Beside them: its RAW array is empty or null. */
const DESCRIBED_OPAQUE = [...OPAQUE, '1.20/raw'];

function file(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(name, FIXTURES)));
}

function lines(name: string): string[] {
  return readFileSync(new URL(name, FIXTURES), 'utf8').trim().split('\n');
}

function snapshotOf(name: string): SerializerSnapshot {
  const input = new DataInputView(file(`${name}.snapshot`), name);
  const snapshot = readSerializerSnapshot(input);
  input.expectEnd('snapshot');
  return snapshot;
}

function readAll(codec: Codec, bytes: Uint8Array): unknown[] {
  const input = new DataInputView(bytes, 'data');
  const values: unknown[] = [];
  while (input.remaining > 0) values.push(codec.read(input));
  return values;
}

function written(codec: Codec, values: readonly unknown[]): Uint8Array {
  const out = new DataOutputView();
  for (const value of values) codec.write(out, value);
  return out.toBytes();
}

describe('SQL state that Flink wrote', () => {
  for (const name of CASES) {
    it(`${name}: the snapshot comes back byte for byte and has a description`, () => {
      const snapshot = snapshotOf(name);
      const out = new DataOutputView();
      writeSerializerSnapshot(out, snapshot);
      assert.deepEqual(out.toBytes(), file(`${name}.snapshot`));
      assert.equal(
        JSON.stringify(describeSerializer(snapshot)).includes('"opaque"'),
        DESCRIBED_OPAQUE.includes(name),
      );
    });

    it(`${name}: values equal what Flink says and come back byte for byte`, () => {
      const codec = compileCodec(snapshotOf(name));
      const data = file(`${name}.data`);
      const values = readAll(codec, data);
      assert.deepEqual(written(codec, values), data);
      const skipping = new DataInputView(data);
      for (const _ of values) codec.skip(skipping);
      skipping.expectEnd('skipped values');
      if (OPAQUE.includes(name)) return;
      assert.deepEqual(
        values.map((value) => JSON.parse(toJson(value))),
        lines(`${name}.json`).map((line) => JSON.parse(line)),
      );
    });

    it(`${name}: values made anew give the same bytes`, () => {
      const codec = compileCodec(snapshotOf(name));
      const data = file(`${name}.data`);
      const values = readAll(codec, data).map(madeAnew);
      // Generated code keeps the place of a null; a writer of values does not, nor does Flink's own serializer.
      if (name === '1.20/reserved-nulls') assert.ok(written(codec, values).length < data.length);
      else assert.deepEqual(written(codec, values), data);
    });

    it(`${name}: hashes are Flink's`, () => {
      if (!existsSync(new URL(`${name}.hash`, FIXTURES))) return;
      const codec = compileCodec(snapshotOf(name));
      if (codec.hash === undefined) return;
      const hashes = readAll(codec, file(`${name}.data`)).map((value) => String(codec.hash?.(value)));
      assert.deepEqual(hashes, lines(`${name}.hash`));
    });
  }

  it('hashes of rows, strings and windows are known', () => {
    for (const name of [
      'scalars',
      'nested',
      'reserved-nulls',
      'binary-row',
      'string',
      'time-window',
      'count-window',
    ]) {
      assert.notEqual(compileCodec(snapshotOf(`1.20/${name}`)).hash, undefined, name);
    }
  });
});

describe('SQL types', () => {
  it('are told as SQL writes them', () => {
    const sql = (name: string) =>
      describeSerializer(snapshotOf(name)).fields?.map((field) => field.type.details?.sql);
    assert.deepEqual(sql('1.20/scalars')?.slice(0, 10), [
      'CHAR(3)',
      'STRING',
      'VARCHAR(20)',
      'BOOLEAN',
      'BINARY(4)',
      'VARBINARY(9)',
      'DECIMAL(10, 2)',
      'DECIMAL(18, 18)',
      'DECIMAL(19, 0)',
      'DECIMAL(38, 10)',
    ]);
    assert.equal(sql('1.20/scalars')?.at(-1), 'INT NOT NULL');
    const nested = sql('1.20/nested');
    assert.equal(nested?.[0], 'ROW<`id` INT, `name` STRING, `__proto__` ARRAY<BIGINT>>');
    assert.equal(nested?.[9], 'MULTISET<STRING>');
    assert.equal(nested?.[10], 'cat.db.Point');
    assert.equal(nested?.[11], 'ARRAY<cat.db.Cents>');
  });

  it('names of an external type are those of its rows', () => {
    const described = describeSerializer(snapshotOf('1.20/external'));
    assert.deepEqual(
      described.fields?.map((field) => field.name),
      ['count', 'name'],
    );
  });

  it('a RAW value inside an array stays closed, with its bytes', () => {
    const [row] = readAll(compileCodec(snapshotOf('1.20/raw-in-array')), file('1.20/raw-in-array.data')) as [
      RowValue,
    ];
    const [opaque] = row.fields[2] as [Opaque];
    assert.ok(opaque instanceof Opaque);
    assert.deepEqual([...opaque.bytes], [0, 0, 0, 0, 0, 0, 0, 7]);
    assert.equal(opaque.className, 'java.lang.Long');
    assert.equal(opaque.serializer, 'LongSerializer');
  });
});

describe('where parts of a row lie', () => {
  it('tells slots, and chunks with what is in them', () => {
    const trace = traceValue(
      snapshotOf('1.20/nested'),
      new DataInputView(file('1.20/nested.data'), 'f', 1000),
    );
    const rows = trace.children.map(({ label, type, start, end, json }) => [label, type, start, end, json]);
    assert.deepEqual(rows.slice(0, 2), [
      ['f0', 'slot', 1012, 1020, '"64 bytes at 112"'],
      ['f1', 'slot', 1020, 1028, '"16 bytes at 176"'],
    ]);
    const inner = trace.children.find((child) => child.label === 'f0' && child.type !== 'slot');
    assert.deepEqual([inner?.start, inner?.end], [1116, 1180]);
    assert.deepEqual(
      inner?.children.map(({ label, start, end, json }) => [label, start, end, json]),
      [
        ['id', 1124, 1128, '1'],
        ['name', 1132, 1140, '"one"'],
        ['__proto__', 1140, 1148, '"32 bytes at 32"'],
        ['__proto__', 1148, 1180, undefined],
      ],
    );
    assert.equal(trace.end, 1000 + new DataView(file('1.20/nested.data').buffer).getInt32(0) + 4);
  });
});

describe('hostile SQL state', () => {
  const NAMES = [
    '1.20/scalars',
    '1.20/nested',
    '1.20/map',
    '1.20/array',
    '1.20/raw',
    '2.3/variant',
    '1.20/linked-list',
  ];

  it('answers every truncation with a typed error', () => {
    for (const name of NAMES) {
      const codec = compileCodec(snapshotOf(name));
      const data = file(`${name}.data`);
      const first = new DataInputView(data);
      codec.skip(first);
      for (let end = 0; end < first.pos; end++) {
        const cut = () => codec.read(new DataInputView(data.subarray(0, end)));
        assert.throws(cut, (error: unknown) => error instanceof StatewrightError, `${name} cut at ${end}`);
      }
    }
  });

  it('answers changed bytes of values with a value or a typed error', () => {
    const codecs = NAMES.map((name) => ({
      codec: compileCodec(snapshotOf(name)),
      data: file(`${name}.data`),
    }));
    const change = fc.tuple(fc.nat(3000), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff, 0x10));
    const property = fc.property(
      fc.nat(NAMES.length - 1),
      fc.array(change, { maxLength: 3 }),
      (which, changes) => {
        const { codec, data } = codecs[which]!;
        const broken = data.slice();
        for (const [at, byte] of changes) broken[at % broken.length] = byte;
        try {
          for (const value of readAll(codec, broken)) toJson(value);
        } catch (error) {
          assert.ok(error instanceof StatewrightError, String((error as Error).stack));
        }
      },
    );
    fc.assert(property, { numRuns: 3000 });
  });

  it('answers changed bytes of snapshots with a snapshot or a typed error', () => {
    const snapshots = CASES.map((name) => file(`${name}.snapshot`));
    const change = fc.tuple(fc.nat(5000), fc.nat(255));
    const property = fc.property(
      fc.nat(CASES.length - 1),
      fc.array(change, { maxLength: 2 }),
      (which, changes) => {
        const broken = snapshots[which]!.slice();
        for (const [at, byte] of changes) broken[at % broken.length] = byte;
        try {
          const snapshot = readSerializerSnapshot(new DataInputView(broken));
          describeSerializer(snapshot);
          compileCodec(snapshot);
        } catch (error) {
          assert.ok(error instanceof StatewrightError, String((error as Error).stack));
        }
      },
    );
    fc.assert(property, { numRuns: 2000 });
  });

  it('refuses a DECIMAL of more digits than SQL has, whose bound would be a number without end', () => {
    const broken = file('2.3/nested.snapshot').slice();
    const at = broken.findIndex((_, i) => Buffer.from(broken.subarray(i, i + 4)).readInt32BE() === 30);
    new DataView(broken.buffer).setInt32(at, 335_544_350);
    assert.throws(
      () => readSerializerSnapshot(new DataInputView(broken)),
      (error: unknown) => {
        assert.ok(error instanceof StatewrightError);
        assert.equal(error.code, 'BAD_VALUE');
        assert.equal(error.reason, 'the precision of a DECIMAL is 335544350 but 0 to 38 is allowed');
        return true;
      },
    );
  });

  it('refuses a slot that points outside, and chunks that overlap', () => {
    const codec = compileCodec(snapshotOf('1.20/external'));
    const row = (edit: (view: DataView) => void): Uint8Array => {
      const bytes = new Uint8Array(4 + 24 + 16);
      const view = new DataView(bytes.buffer);
      view.setInt32(0, 40);
      edit(view);
      return bytes;
    };
    const outside = row((view) => {
      view.setUint32(4 + 16, 9, true);
      view.setUint32(4 + 20, 0x7fffffff, true);
    });
    const read = (bytes: Uint8Array) => () => codec.read(new DataInputView(bytes, 'row'));
    assert.throws(read(outside), (error: unknown) => {
      assert.ok(error instanceof StatewrightError);
      assert.equal(error.code, 'BAD_LENGTH');
      assert.equal(error.reason, '9 bytes at 2147483647 are outside of the 40 bytes of the row or array');
      assert.deepEqual(error.span, { file: 'row', start: 20, end: 28 });
      return true;
    });
    const strings = compileCodec(snapshotOf('1.20/array'));
    const overlapping = new Uint8Array(4 + 8 + 8 * 4 + 64);
    const view = new DataView(overlapping.buffer);
    view.setInt32(0, overlapping.length - 4);
    view.setInt32(4, 4, true);
    for (let i = 0; i < 4; i++) {
      view.setUint32(4 + 8 + 8 * i, 60, true);
      view.setUint32(4 + 12 + 8 * i, 40, true);
    }
    assert.throws(() => strings.read(new DataInputView(overlapping)), {
      reason: 'the variable parts together are longer than the 104 bytes there are',
    });
  });

  it('refuses sizes and counts of 2 GB', () => {
    const huge = Uint8Array.of(0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f);
    for (const name of [
      'scalars',
      'array',
      'map',
      'string',
      'decimal-30',
      'linked-list',
      'linked-list-without-mask',
    ]) {
      const codec = compileCodec(snapshotOf(`1.20/${name}`));
      assert.throws(() => codec.read(new DataInputView(huge)), { code: 'BAD_LENGTH' }, name);
      assert.throws(() => codec.skip(new DataInputView(huge)), { code: 'BAD_LENGTH' }, name);
    }
    const count = Uint8Array.of(0, 0, 0, 8, 0xff, 0xff, 0xff, 0x7f, 0, 0, 0, 0);
    assert.throws(() => compileCodec(snapshotOf('1.20/array')).read(new DataInputView(count)), {
      code: 'BAD_LENGTH',
    });
  });
});
