import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { StatewrightError } from '@statewright/bytes';
import {
  avroSnapshot,
  checkReaderWriter,
  resolveAvro,
  schemaOf,
  schemasEqual,
  snapshotOf,
} from './avro-internals.js';

const ROCKSDB = { version: { major: 2, minor: 3 }, sourceVersion: undefined, backend: 'rocksdb' } as const;
const HASHMAP = { ...ROCKSDB, backend: 'hashmap' } as const;

function record(fields: string, name = 'com.acme.Profile'): string {
  return `{"type":"record","name":"${name}","fields":[${fields}]}`;
}

const AGE = '{"name":"age","type":"int"}';

describe('the class of Avro values', () => {
  it('a generic record that a class takes from memory is a ClassCastException, from RocksDB it is not', () => {
    const old = avroSnapshot(record(AGE));
    const now = avroSnapshot(record(AGE), 'com.acme.Profile');
    assert.equal(resolveAvro(old, now, ROCKSDB).verdict, 'AS_IS');
    assert.equal(resolveAvro(old, now, ROCKSDB).readable, 'yes');
    const inMemory = resolveAvro(old, now, HASHMAP);
    assert.equal(inMemory.readable, 'no');
    assert.match(inMemory.notes[0]!.reason, /ClassCastException/);
  });

  it('a class that becomes generic records is known to work only where Avro generated it', () => {
    const generated = AGE.replace('"int"', '{"type":"string","avro.java.string":"String"}');
    const now = avroSnapshot(record(generated.replace('}}', '},"default":"x"}')));
    const old = avroSnapshot(record(generated), 'com.acme.Profile');
    assert.equal(resolveAvro(old, now, ROCKSDB).readable, 'yes');
    const reflected = avroSnapshot(record(AGE), 'com.acme.Profile');
    const wider = avroSnapshot(record(AGE.replace('int', 'long')));
    assert.equal(resolveAvro(reflected, wider, ROCKSDB).readable, 'unknown');
  });

  it('a moved class is named, with what the new job must still have', () => {
    const old = avroSnapshot(record(AGE), 'com.acme.Profile');
    const now = avroSnapshot(record(AGE, 'org.acme.Profile'), 'org.acme.Profile');
    const { verdict, notes } = resolveAvro(old, now, ROCKSDB);
    assert.equal(verdict, 'AFTER_MIGRATION');
    assert.match(notes.at(-1)!.reason, /must still have com\.acme\.Profile, or reading the snapshot fails$/);
  });

  it('a snapshot of version 1 names no class and is of the class of its name, or generic', () => {
    const added = record(`{"name":"city","type":"string","default":""},${AGE}`);
    const old = snapshotOf(record(AGE), undefined, 1);
    assert.equal(resolveAvro(old, avroSnapshot(added, 'com.acme.Profile'), ROCKSDB).readable, 'yes');
    assert.equal(resolveAvro(old, avroSnapshot(added), ROCKSDB).readable, 'no');
    const second = snapshotOf(record(AGE), 'com.acme.Profile', 2);
    assert.equal(resolveAvro(second, avroSnapshot(added, 'com.acme.Profile'), ROCKSDB).readable, 'yes');
  });
});

describe('what Avro says, in words', () => {
  const inside = (type: string) =>
    record(`{"name":"homes","type":["null",{"type":"array","items":${record(type, 'com.acme.Home')}}]}`);

  it('names the field inside a union, not the branch that is missing', () => {
    const old = avroSnapshot(inside(AGE));
    const now = avroSnapshot(inside(`${AGE},{"name":"zip","type":"string"}`));
    const { verdict, readable, notes } = resolveAvro(old, now, ROCKSDB);
    assert.deepEqual([verdict, readable], ['INCOMPATIBLE', 'no']);
    assert.deepEqual(
      notes.map(({ code, path, reason }) => [code, path.join(' > '), reason]),
      [
        [
          'avro-schema-incompatible',
          'field homes > element > field zip',
          'the field zip is new and has no default',
        ],
      ],
    );
  });

  it('names the branch of a union of several', () => {
    const union = (type: string) => record(`{"name":"v","type":["int","string",${record(type, 'A')}]}`);
    const [one] = resolveAvro(
      avroSnapshot(union(AGE)),
      avroSnapshot(union(AGE.replace('int', 'boolean'))),
      ROCKSDB,
    ).notes;
    assert.deepEqual(one?.path, ['field v', 'branch com.acme.A', 'field age']);
  });

  it('says that two fields would have swapped', () => {
    const two = (a: string, b: string) => record(`{"name":"${a}","type":"int"},{"name":"${b}","type":"int"}`);
    const { readable, notes } = resolveAvro(
      avroSnapshot(two('a', 'b')),
      avroSnapshot(two('b', 'a')),
      ROCKSDB,
    );
    assert.equal(readable, 'no');
    assert.deepEqual(
      notes.filter(({ code }) => code === 'avro-migration-fails').map(({ reason }) => reason),
      [
        'the field b would get the values of the old field a, which has its position 0',
        'the field a would get the values of the old field b, which has its position 1',
      ],
    );
  });

  it('says that milliseconds would be read as microseconds, and decimals at another scale', () => {
    const of = (type: string) => avroSnapshot(record(`{"name":"at","type":${type}}`), 'com.acme.Profile');
    const timestamp = (unit: string) => of(`{"type":"long","logicalType":"timestamp-${unit}"}`);
    const decimal = (precision: number, scale: number) =>
      of(`{"type":"bytes","logicalType":"decimal","precision":${precision},"scale":${scale}}`);
    const time = resolveAvro(timestamp('millis'), timestamp('micros'), ROCKSDB);
    assert.deepEqual([time.verdict, time.readable], ['AFTER_MIGRATION', 'no']);
    const scale = resolveAvro(decimal(9, 2), decimal(9, 4), ROCKSDB);
    assert.match(scale.notes[0]!.reason, /100 times too small$/);
    assert.equal(resolveAvro(decimal(9, 2), decimal(12, 2), ROCKSDB).readable, 'yes');
  });

  it('says that Avro no longer takes an old schema, or cannot tell two fields apart', () => {
    const wrongDefault = avroSnapshot(record('{"name":"a","type":["string","null"],"default":null}'));
    assert.match(resolveAvro(wrongDefault, wrongDefault, ROCKSDB).throws!, /default of the field a/);
    const old = avroSnapshot(record('{"name":"a","type":"int"},{"name":"b","type":"int"}'));
    const now = avroSnapshot(record('{"name":"a","type":"int","aliases":["b"]}'));
    assert.match(resolveAvro(old, now, ROCKSDB).throws!, /stands for two fields/);
  });
});

describe('hostile Avro schemas', () => {
  it('two rings of records of different sizes end in an answer or an error', () => {
    const ring = (size: number, type: string) => {
      const names = Array.from({ length: size }, (_, i) => `R${i}`);
      const inner = names
        .slice(1)
        .map(
          (name, i) => `{"type":"record","name":"${name}","fields":[{"name":"n","type":["null","R${i}"]}]}`,
        );
      const last = `{"name":"last","type":["null","R${size - 1}"]}`;
      const all = inner.map((one, i) => `{"name":"f${i}","type":["null",${one}]}`);
      const value = `{"name":"v","type":"${type}"}`;
      return schemaOf(record([...all, last, value].join(','), 'R0'));
    };
    for (const [a, b] of [
      [7, 11],
      [211, 223],
    ] as const) {
      for (const compare of [checkReaderWriter, schemasEqual]) {
        try {
          compare(ring(a, 'int'), ring(b, 'string'));
        } catch (error) {
          assert.ok(error instanceof StatewrightError, String(error));
        }
      }
    }
  });

  it('what is wrong in a type that is used 2^30 times is told a thousand times at most', () => {
    const chain = (type: string) => {
      let inner = `{"type":"record","name":"R0","fields":[{"name":"v","type":"${type}"}]}`;
      for (let i = 1; i <= 30; i++) {
        inner = `{"type":"record","name":"R${i}","fields":[{"name":"a","type":${inner}},{"name":"b","type":"R${i - 1}"}]}`;
      }
      return avroSnapshot(inner);
    };
    const { verdict, notes } = resolveAvro(chain('int'), chain('string'), ROCKSDB);
    assert.equal(verdict, 'INCOMPATIBLE');
    assert.equal(notes.length, 1000);
  });
});
