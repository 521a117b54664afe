import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DataInputView } from '@statewright/bytes';
import {
  type BackendName,
  flinkVersion,
  predictOn,
  resolveInPlace,
  resolveSchemaCompatibility,
  type Target,
} from '@statewright/compat';
import { readSerializerSnapshot, type SerializerSnapshot } from '@statewright/serializers';
import { entryFile, serializerEntries } from '../serializers/corpus.js';

/* Rules that differ between releases, places and backends, argued from Flink's sources; the snapshots are Flink's own. */

const ENTRIES = new Map(serializerEntries().map((entry) => [entry.id, entry]));

function official(id: string): SerializerSnapshot {
  return readSerializerSnapshot(new DataInputView(entryFile(ENTRIES.get(`ser-${id}`)!, 'snapshot'), id));
}

function on(version: string, backend: BackendName = 'hashmap', source = version): Target {
  return { version: flinkVersion(version)!, sourceVersion: flinkVersion(source), backend };
}

const LIST = official('list-serializer-1.19');
const ARRAY_LIST = official('arraylist-serializer-1.19');
const INT = official('int-serializer-1.19');
const LONG = official('long-serializer-1.19');
const TTL = official('ttl-serializer-1.19');
const KRYO = official('kryo-type-serializer-empty-config-1.19');

function pojo(
  ...fields: readonly (readonly [name: string, declaringClass: string, value: SerializerSnapshot])[]
) {
  return {
    className: 'org.apache.flink.api.java.typeutils.runtime.PojoSerializerSnapshot',
    version: 2,
    span: INT.span,
    nested: fields.map(([, , value]) => value),
    pojoClass: 'com.acme.Profile',
    fields: fields.map(([name, declaringClass, value]) => {
      return { name, key: { declaringClass, fieldName: name }, value };
    }),
    registeredSubclasses: [],
    otherSubclasses: [],
  };
}

/** A Kryo snapshot of another class. */
function kryo(typeClass: string): SerializerSnapshot {
  return { ...KRYO, typeClass } as SerializerSnapshot;
}

function paths(old: SerializerSnapshot, now: SerializerSnapshot, target = on('1.20')) {
  const { verdict, notes } = resolveSchemaCompatibility(old, now, target);
  return { verdict, notes: notes.map(({ path, code }) => `${path.join(' > ')}: ${code}`) };
}

describe('releases', () => {
  test('since 1.19 a composite takes another for itself', () => {
    assert.equal(resolveSchemaCompatibility(LIST, ARRAY_LIST, on('1.18')).verdict, 'INCOMPATIBLE');
    const { verdict, readable } = resolveSchemaCompatibility(LIST, ARRAY_LIST, on('1.20', 'rocksdb'));
    assert.deepEqual({ verdict, readable }, { verdict: 'AS_IS', readable: 'yes' });
  });

  test('since 2.1 backends tell lists from what only looks like one', () => {
    assert.equal(resolveInPlace(LIST, ARRAY_LIST, on('2.0')).restores, 'yes');
    assert.equal(resolveInPlace(LIST, ARRAY_LIST, on('2.1')).restores, 'no');
  });

  test('TTL turned on: never in 1.x and 2.0, on RocksDB since 2.1, on the heap since 2.2', () => {
    const plain = TTL.nested[1]!;
    const restores = (version: string, backend: BackendName) => [
      resolveInPlace(plain, TTL, on(version, backend)).restores,
      resolveInPlace(TTL, plain, on(version, backend)).restores,
    ];
    for (const version of ['1.20', '2.0']) {
      assert.deepEqual(restores(version, 'hashmap'), ['no', 'no'], version);
      assert.deepEqual(restores(version, 'rocksdb'), ['no', 'no'], version);
    }
    assert.deepEqual(restores('2.1', 'rocksdb'), ['yes', 'yes']);
    assert.deepEqual(restores('2.1', 'hashmap'), ['no', 'no']);
    assert.deepEqual(restores('2.2', 'hashmap'), ['yes', 'yes']);
  });

  test('a 2.x release has no Scala serializers', () => {
    const scala = official('scala-option-serializer-1.19');
    const { verdict, throws } = resolveSchemaCompatibility(scala, scala, on('2.0', 'hashmap', '1.20'));
    assert.equal(verdict, 'INCOMPATIBLE');
    assert.match(throws ?? '', /Flink 2\.0 has no class .*ScalaOptionSerializerSnapshot/);
  });

  test('an unchanged 1.x job whose POJO has a List does not come up on 2.x', () => {
    const job = pojo(['tags', 'com.acme.Profile', kryo('java.util.List')]);
    const predicted = predictOn(flinkVersion('2.3')!, job);
    assert.deepEqual(paths(job, predicted, on('2.3', 'hashmap', '1.20')), {
      verdict: 'INCOMPATIBLE',
      notes: ['field tags: pojo-field-type-changed'],
    });
    assert.equal(predictOn(flinkVersion('1.20')!, job).nested[0]?.className, KRYO.className);
  });

  test('a release that is none', () => {
    for (const text of ['1.7', '1.21', '2.4', '3.0', '2', 'x', '1.20.'])
      assert.equal(flinkVersion(text), undefined, text);
    assert.deepEqual(flinkVersion('1.20.3'), { major: 1, minor: 20 });
  });
});

describe('POJO fields', () => {
  const P = 'com.acme.Profile';

  test('added, removed and retyped are told apart, each with its path', () => {
    assert.deepEqual(paths(pojo(['a', P, INT]), pojo(['a', P, INT], ['b', P, LONG])), {
      verdict: 'AFTER_MIGRATION',
      notes: ['field b: pojo-field-added'],
    });
    assert.deepEqual(paths(pojo(['a', P, INT], ['b', P, LONG]), pojo(['a', P, INT])), {
      verdict: 'AFTER_MIGRATION',
      notes: ['field b: pojo-field-removed'],
    });
    assert.deepEqual(paths(pojo(['a', P, INT]), pojo(['a', P, LONG])), {
      verdict: 'INCOMPATIBLE',
      notes: ['field a: pojo-field-type-changed'],
    });
  });

  test('moved up is the same field, moved down loses its values', () => {
    const [sub, base] = [pojo(['a', P, INT]), pojo(['a', 'com.acme.Base', INT])];
    assert.deepEqual(paths(sub, base), { verdict: 'AS_IS', notes: [] });
    const { verdict, readable } = resolveSchemaCompatibility(base, sub, on('1.20'));
    assert.deepEqual({ verdict, readable }, { verdict: 'AFTER_MIGRATION', readable: 'no' });
  });

  test('which of two classes extends the other may not be told: then nothing is said', () => {
    const old = pojo(['a', 'com.acme.Middle', INT], ['b', 'com.acme.Middle', INT]);
    const now = pojo(['a', 'com.acme.Base', INT], ['b', 'com.acme.Middle', INT]);
    assert.equal(resolveSchemaCompatibility(old, now, on('1.20')).verdict, 'UNKNOWN');
  });

  test('a field whose snapshot cannot be read migrates by its verdict, and stops every restore', () => {
    const lost = official('scala-option-serializer-1.19');
    const old = pojo(['a', P, INT], ['b', P, lost]);
    const found = resolveInPlace(old, pojo(['a', P, INT]), on('2.3', 'rocksdb', '1.20'));
    assert.equal(found.verdict, 'AFTER_MIGRATION');
    assert.equal(found.restores, 'no');
    assert.match(found.throws ?? '', /field b cannot be read/);
  });
});

describe('places', () => {
  const old = pojo(['a', 'com.acme.Profile', INT]);
  const now = pojo(['a', 'com.acme.Profile', INT], ['b', 'com.acme.Profile', LONG]);
  const restores = (place: 'key' | 'namespace' | 'value' | 'user-key' | 'timer', backend: BackendName) =>
    resolveInPlace(old, now, on('1.20', backend), { place }).restores;

  test('what must be migrated cannot be a key or a namespace, nor on RocksDB a key of a map state', () => {
    for (const backend of ['hashmap', 'rocksdb'] as const) {
      assert.equal(restores('key', backend), 'no');
      assert.equal(restores('namespace', backend), 'no');
      assert.equal(restores('value', backend), 'yes');
    }
    assert.equal(restores('user-key', 'rocksdb'), 'no');
    assert.equal(restores('user-key', 'hashmap'), 'yes');
  });

  test('RocksDB takes timers that must be migrated, and reads them wrong', () => {
    const found = resolveInPlace(old, now, on('1.20', 'rocksdb'), { place: 'timer' });
    assert.deepEqual([found.restores, found.readable], ['yes', 'no']);
  });
});

describe('what no snapshot tells', () => {
  test('Kryo: accepted, and nobody knows whether it is read', () => {
    const { verdict, readable } = resolveSchemaCompatibility(KRYO, KRYO, on('1.20'));
    assert.deepEqual({ verdict, readable }, { verdict: 'AS_IS', readable: 'unknown' });
  });

  test('a snapshot class of somebody else decides for itself', () => {
    const custom = { ...INT, className: 'com.acme.MySnapshot' };
    assert.equal(resolveSchemaCompatibility(custom, custom, on('1.20')).verdict, 'UNKNOWN');
    assert.equal(resolveSchemaCompatibility(custom, INT, on('1.20')).verdict, 'INCOMPATIBLE');
    assert.equal(resolveSchemaCompatibility(custom, INT, on('1.18')).verdict, 'UNKNOWN');
  });
});

describe('keys of a POJO whose subclass was registered since', () => {
  const PARROT = { ...pojo(['lives', 'com.acme.Parrot', INT]), pojoClass: 'com.acme.Parrot' };
  const entry = { name: 'com.acme.Parrot', key: 'com.acme.Parrot', value: PARROT };
  const none = pojo(['age', 'com.acme.Profile', INT]);
  const met = { ...none, nested: [INT, PARROT], otherSubclasses: [entry] };
  const registered = { ...none, nested: [INT, PARROT], registeredSubclasses: [entry] };
  const readable = (old: SerializerSnapshot, place: 'key' | 'value', backend: BackendName) => {
    const { restores, readable: answer } = resolveInPlace(old, registered, on('1.20', backend), { place });
    return [restores, answer];
  };

  test('are lost on RocksDB, which finds them by bytes that are others now', () => {
    assert.deepEqual(readable(met, 'key', 'rocksdb'), ['yes', 'no']);
    assert.deepEqual(readable(met, 'key', 'hashmap'), ['yes', 'yes']);
    assert.deepEqual(readable(met, 'value', 'rocksdb'), ['yes', 'yes']);
  });

  test('may be there though the snapshot does not record them', () => {
    assert.deepEqual(readable(none, 'key', 'rocksdb'), ['yes', 'unknown']);
    assert.deepEqual(readable(none, 'value', 'rocksdb'), ['yes', 'yes']);
  });
});
