import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { DataInputView, DataOutputView, type ErrorCode, StatewrightError } from '@statewright/bytes';
import {
  AvroUnionValue,
  type Codec,
  compileCodec,
  describeSerializer,
  MapValue,
  type RecordValue,
  readSerializerSnapshot,
  toJson,
  traceValue,
  writeSerializerSnapshot,
} from '@statewright/serializers';
import fc from '../property.js';

/** Written by Flink's AvroSerializer, see java/AvroFixtures.java. */
function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../avro/fixtures/${name}`, import.meta.url)));
}

function snapshotOf(name: string) {
  const input = new DataInputView(fixture(`${name}.snapshot`), name);
  const snapshot = readSerializerSnapshot(input);
  input.expectEnd('snapshot');
  return snapshot;
}

/** A version 3 snapshot of a GenericRecord with any schema. */
function withSchema(schema: unknown): DataInputView {
  return withSchemaText(JSON.stringify(schema));
}

function withSchemaText(text: string): DataInputView {
  const out = new DataOutputView();
  out.writeInt(2);
  out.writeUTF('org.apache.flink.formats.avro.typeutils.AvroSerializerSnapshot');
  out.writeInt(3);
  for (const one of ['org.apache.avro.generic.GenericRecord', text]) {
    let length = one.length + 1;
    for (; length >= 0x80; length >>>= 7) out.writeByte(length | 0x80);
    out.writeByte(length);
    for (let i = 0; i < one.length; i++) {
      let unit = one.charCodeAt(i);
      for (; unit >= 0x80; unit >>>= 7) out.writeByte(unit | 0x80);
      out.writeByte(unit);
    }
  }
  return new DataInputView(out.toBytes(), 'schema');
}

function codecFor(schema: unknown): Codec {
  return compileCodec(readSerializerSnapshot(withSchema(schema)));
}

function readAll(codec: Codec, bytes: Uint8Array): unknown[] {
  const input = new DataInputView(bytes, 'data');
  const values: unknown[] = [];
  while (input.remaining > 0) values.push(codec.read(input));
  return values;
}

function written(codec: Codec, ...values: unknown[]): Uint8Array {
  const out = new DataOutputView();
  for (const value of values) codec.write(out, value);
  return out.toBytes();
}

function refused(code: ErrorCode, reason?: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof StatewrightError, String(error));
    assert.equal(error.code, code, error.message);
    if (reason !== undefined) assert.match(error.reason, reason);
    return true;
  };
}

describe('Avro state that Flink wrote', () => {
  for (const name of ['everything', 'unions', 'recursive', 'reflected']) {
    it(`${name}: snapshot and values come back byte for byte, and equal what Avro says`, () => {
      const snapshot = snapshotOf(name);
      const out = new DataOutputView();
      writeSerializerSnapshot(out, snapshot);
      assert.deepEqual(out.toBytes(), fixture(`${name}.snapshot`));
      const codec = compileCodec(snapshot);
      const data = fixture(`${name}.data`);
      const values = readAll(codec, data);
      assert.deepEqual(written(codec, ...values), data);
      const lines = readFileSync(new URL(`../../avro/fixtures/${name}.json`, import.meta.url), 'utf8').trim();
      assert.deepEqual(
        values.map((value) => JSON.parse(toJson(value))),
        lines.split('\n').map((line) => JSON.parse(line)),
      );
      const input = new DataInputView(data);
      for (const _ of values) codec.skip(input);
      input.expectEnd('skipped values');
    });
  }

  it('keeps the branch of a union where the value alone would not tell it', () => {
    const [, ...records] = readAll(
      compileCodec(snapshotOf('unions')),
      fixture('unions.data'),
    ) as RecordValue[];
    assert.deepEqual(
      records.map((record) => record.fields[0]),
      [5, new AvroUnionValue(2, 5), new AvroUnionValue(3, 5), 5n],
    );
    assert.deepEqual(records[0]?.fields[1], new AvroUnionValue(1, 'A'));
  });

  it('tells where each field lies', () => {
    const trace = traceValue(snapshotOf('unions'), new DataInputView(fixture('unions.data'), 'f', 100));
    const [number, text, raw, record] = trace.children;
    assert.deepEqual([number?.label, number?.start, number?.end], ['number', 100, 104]);
    assert.deepEqual(
      [text, raw].map((field) =>
        field?.children.map(({ label, start, end, json }) => [label, start, end, json]),
      ),
      [[['string', 108, 113, '"A"']], [['F4', 117, 121, '"01020304"']]],
    );
    assert.deepEqual(record?.children[0]?.children[0]?.label, 'v');
  });

  it('describes fields, logical types and names', () => {
    const described = describeSerializer(snapshotOf('everything'));
    assert.equal(described.type, 'avro');
    assert.equal(described.class, 'org.apache.avro.generic.GenericRecord');
    const field = (name: string) => described.fields?.find((one) => one.name === name);
    assert.deepEqual(field('price')?.type.details, { logicalType: 'decimal', precision: 10, scale: 2 });
    assert.equal(field('maybe')?.type.type, 'string');
    assert.equal(field('maybe')?.nullable, true);
    assert.equal(field('again')?.type.class, 'org.example.state.Suit');
    const recursive = JSON.stringify(describeSerializer(snapshotOf('recursive')));
    assert.match(recursive, /describedAbove/);
  });
});

describe('Avro values', () => {
  it('a bare value goes to the first branch of a union that takes it', () => {
    const union = codecFor(['null', 'int', 'double', { type: 'enum', name: 'E', symbols: ['A'] }, 'string']);
    assert.deepEqual([...written(union, 7)], [0, 0, 0, 1, 0, 0, 0, 7]);
    assert.deepEqual([...written(union, 0.5)], [0, 0, 0, 2, 0x3f, 0xe0, 0, 0, 0, 0, 0, 0]);
    assert.deepEqual([...written(union, 'A')], [0, 0, 0, 3, 0, 0, 0, 0]);
    assert.deepEqual([...written(union, 'B')], [0, 0, 0, 4, 0, 0, 0, 1, 0x42]);
    assert.deepEqual([...written(union, null)], [0, 0, 0, 0]);
    assert.throws(() => written(union, 5n), refused('CANNOT_ENCODE'));
  });

  it('bytes that are not UTF-8 stay bytes', () => {
    const text = codecFor('string');
    const bytes = Uint8Array.of(0, 0, 0, 2, 0xc3, 0x28);
    assert.deepEqual(readAll(text, bytes), [Uint8Array.of(0xc3, 0x28)]);
    assert.deepEqual(written(text, ...readAll(text, bytes)), bytes);
    assert.throws(() => written(text, '\ud800'), refused('CANNOT_ENCODE', /surrogate/));
  });

  it('reads a collection of several blocks', () => {
    const list = codecFor({ type: 'array', items: 'boolean' });
    assert.deepEqual(readAll(list, Uint8Array.of(2, 1, 0, 1, 1, 0)), [[true, false, true]]);
    const map = codecFor({ type: 'map', values: 'boolean' });
    const bytes = Uint8Array.of(1, 0, 0, 0, 1, 0x61, 1, 0);
    assert.deepEqual(readAll(map, bytes), [new MapValue([['a', true]])]);
  });

  it('a name from a schema never becomes code or an object key', () => {
    const evil = '); process.exit(0); (';
    const schema = {
      type: 'record',
      name: evil,
      fields: [
        { name: '__proto__', type: 'int' },
        { name: `${evil}"'\``, type: { type: 'enum', name: 'constructor', symbols: ['__proto__', evil] } },
      ],
    };
    const codec = codecFor(schema);
    const [value] = readAll(codec, Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 1)) as [RecordValue];
    assert.deepEqual(value.fields, [1, evil]);
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
    assert.equal(
      describeSerializer(readSerializerSnapshot(withSchema(schema))).fields?.[0]?.name,
      '__proto__',
    );
  });
});

describe('hostile Avro', () => {
  it('refuses schemas that are none', () => {
    const bad: [unknown, RegExp][] = [
      ['nosuch', /not defined/],
      [{ type: 'record', name: 'R' }, /has no fields/],
      [{ type: 'record', fields: [] }, /no name/],
      [{ type: 'fixed', name: 'F', size: -1 }, /no size/],
      [{ type: 'enum', name: 'E', symbols: [1] }, /no symbols/],
      [['int', ['null']], /branch of a union/],
      [['int', 'int'], /two branches/],
      [[], /no branches/],
      [{ type: 'array', items: 7 }, /neither a name/],
      [
        {
          type: 'record',
          name: 'R',
          fields: [{ name: 'a', type: { type: 'record', name: 'R', fields: [] } }],
        },
        /twice/,
      ],
    ];
    assert.throws(() => readSerializerSnapshot(withSchemaText('{')), refused('BAD_VALUE', /not JSON/));
    for (const [schema, reason] of bad) {
      assert.throws(() => readSerializerSnapshot(withSchema(schema)), refused('BAD_VALUE', reason));
    }
  });

  it('gives up on 100000 levels of schema', () => {
    const arrays = `${'{"type":"array","items":'.repeat(100_000)}"int"${'}'.repeat(100_000)}`;
    assert.throws(() => readSerializerSnapshot(withSchemaText(arrays)), refused('TOO_DEEP'));
    const records = [
      'null',
      ...Array.from({ length: 2000 }, (_, i) => record(`R${i}`, i === 0 ? ['int'] : [`R${i - 1}`])),
    ];
    assert.throws(() => readSerializerSnapshot(withSchema(records)), refused('TOO_DEEP'));
  });

  it('refuses a schema whose value would have 2^60 parts in no bytes', () => {
    const doubling = [
      'null',
      ...Array.from({ length: 60 }, (_, i) => record(`R${i}`, i === 0 ? [] : [`R${i - 1}`, `R${i - 1}`])),
    ];
    assert.throws(
      () => readSerializerSnapshot(withSchema(doubling)),
      refused('BAD_VALUE', /parts in 0 bytes/),
    );
  });

  it('gives up on a value that nests 100000 levels', () => {
    const list = codecFor({ type: 'record', name: 'L', fields: [{ name: 'next', type: ['null', 'L'] }] });
    const bytes = new Uint8Array(400_000);
    for (let i = 3; i < bytes.length; i += 4) bytes[i] = 1;
    assert.throws(() => readAll(list, bytes), refused('TOO_DEEP'));
    assert.throws(() => list.skip(new DataInputView(bytes)), refused('TOO_DEEP'));
  });

  it('refuses lengths and counts of 2 GB', () => {
    const huge = Uint8Array.of(0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 0);
    for (const type of ['string', 'bytes'])
      assert.throws(() => readAll(codecFor(type), huge), refused('BAD_LENGTH'));
    const count = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x07, 0);
    for (const items of ['int', 'null', record('Empty', [])]) {
      assert.throws(() => readAll(codecFor({ type: 'array', items }), count), refused('BAD_LENGTH'));
      assert.throws(
        () => codecFor({ type: 'array', items }).skip(new DataInputView(count)),
        refused('BAD_LENGTH'),
      );
    }
    assert.throws(() => readAll(codecFor({ type: 'map', values: 'null' }), count), refused('BAD_LENGTH'));
    const endless = Uint8Array.from({ length: 40 }, () => 0xff);
    assert.throws(() => readAll(codecFor({ type: 'array', items: 'int' }), endless), refused('BAD_LENGTH'));
    const nulls = Uint8Array.from({ length: 3000 }, (_, i) => [0xff, 0xff, 0x3f][i % 3]!);
    assert.throws(() => readAll(codecFor({ type: 'array', items: 'null' }), nulls), refused('BAD_LENGTH'));
    assert.throws(
      () => readAll(codecFor({ type: 'fixed', name: 'F', size: 2147483647 }), huge),
      refused('TRUNCATED'),
    );
  });

  it('answers every truncation and any flipped byte with a value or a typed error', () => {
    const codec = compileCodec(snapshotOf('everything'));
    const data = fixture('everything.data');
    const first = new DataInputView(data);
    codec.skip(first);
    for (let end = 0; end < first.pos; end++) {
      assert.throws(
        () => codec.read(new DataInputView(data.subarray(0, end))),
        (error: unknown) => error instanceof StatewrightError,
        `cut at ${end}`,
      );
    }
    const property = fc.property(fc.nat(data.length - 1), fc.nat(255), (at, byte) => {
      const broken = data.slice();
      broken[at] = byte;
      for (const use of [() => readAll(codec, broken), () => codec.skip(new DataInputView(broken))]) {
        try {
          use();
        } catch (error) {
          assert.ok(error instanceof StatewrightError, String(error));
        }
      }
    });
    fc.assert(property, { numRuns: 500 });
  });
});

function record(name: string, types: readonly unknown[]) {
  return { type: 'record', name, fields: types.map((type, i) => ({ name: `f${i}`, type })) };
}
