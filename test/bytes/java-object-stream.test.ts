import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import {
  DataInputView,
  DataOutputView,
  describeJavaObject,
  type ErrorCode,
  extendsJavaClass,
  isJavaObject,
  type JavaContent,
  type JavaObject,
  javaField,
  StatewrightError,
} from '@statewright/bytes';
import fc from '../property.js';

/** Written by java/ObjectStreamFixtures.java; two bytes follow each stream. */
const FIXTURES = new URL('../../bytes/fixtures/java-object-stream/', import.meta.url);
const OFFICIAL = new URL('../../../../shared/fixtures/official/', import.meta.url);

function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`${name}.bin`, FIXTURES)));
}

function describeFixture(name: string): unknown {
  const input = new DataInputView(fixture(name), name);
  const value = describeJavaObject(input);
  assert.equal(input.remaining, 2, 'stops at the last byte');
  return value;
}

function describeObject(name: string): JavaObject {
  const value = describeFixture(name);
  assert.ok(isJavaObject(value as never));
  return value as JavaObject;
}

/** Enough of a value to compare it. */
function plain(value: JavaContent | undefined): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value.kind === 'block data') return value.bytes;
  if (value.kind === 'array')
    return value.elements instanceof Uint8Array ? value.elements : value.elements.map(plain);
  if (value.kind === 'enum') return `${value.constant} of ${value.description.name}`;
  if (value.kind === 'class') return `class ${value.description.name}`;
  return value.kind === 'object' ? `a ${value.description.name}` : `the class ${value.name}`;
}

function refused(code: ErrorCode, reason?: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof StatewrightError, String(error));
    assert.equal(error.code, code, error.message);
    if (reason !== undefined) assert.match(error.reason, reason);
    return true;
  };
}

/** A stream made by hand: AC ED 00 05 and what `write` adds. */
function stream(write: (out: DataOutputView) => void): DataInputView {
  const out = new DataOutputView();
  out.writeShort(0xaced - 0x10000);
  out.writeShort(5);
  write(out);
  return new DataInputView(out.toBytes(), 'hostile');
}

/** A class description without fields. */
function writeClass(out: DataOutputView, name: string, flags: number, superClass: () => void): void {
  out.writeByte(0x72);
  out.writeUTF(name);
  out.writeLong(1n);
  out.writeByte(flags);
  out.writeShort(0);
  out.writeByte(0x78);
  superClass();
}

describe('describeJavaObject', () => {
  it('describes fields of every type, over the class hierarchy', () => {
    const object = describeObject('everything');
    const field = (name: string): unknown => javaField(object, name);
    assert.equal(object.description.name, 'ObjectStreamFixtures$Everything');
    assert.equal(object.description.serialVersionUid, 2n);
    assert.ok(extendsJavaClass(object, 'ObjectStreamFixtures$Base'));
    assert.deepEqual(['z', 'b', 'c', 's', 'i', 'j', 'f', 'd', 'nothing'].map(field), [
      true,
      -1,
      'é',
      -2,
      -2147483648,
      9223372036854775807n,
      1.5,
      -0,
      null,
    ]);
    assert.equal(field('name'), 'derived');
    assert.equal(object.data[0]?.values[1], 'base');
    assert.equal(field('self'), object);
    assert.equal(field('missing'), undefined);
    assert.equal(field('longText'), '\0世😀'.repeat(10_000));
  });

  it('describes enums, classes and arrays', () => {
    const object = describeObject('everything');
    const field = (name: string): unknown => plain(javaField(object, name));
    assert.deepEqual(['red', 'green', 'type', 'primitive'].map(field), [
      'RED of ObjectStreamFixtures$Colour',
      'GREEN of ObjectStreamFixtures$Colour',
      'class java.util.Map',
      'class int',
    ]);
    assert.deepEqual(field('bytes'), Uint8Array.of(1, 2, 3));
    assert.deepEqual(field('chars'), ['a', '\uffff']);
    assert.deepEqual(field('longs'), [[1n, 2n], null, []]);
    assert.deepEqual(field('objects'), ['x', 'a java.lang.Integer', null]);
  });

  it('keeps what write methods added', () => {
    const custom = describeObject('custom').data[1]!;
    assert.deepEqual(custom.values, [5]);
    const written = Buffer.concat([Buffer.from([0, 5]), Buffer.from('after'), Buffer.alloc(300)]);
    const [first, inside, ...rest] = custom.annotation.map(plain);
    assert.deepEqual([first, inside], [Uint8Array.of(0, 0, 0, 42), 'inside']);
    assert.deepEqual(Buffer.concat(rest as Uint8Array[]), written);
    assert.equal(javaField(describeObject('own-fields'), 'never'), 9);
    const outside = describeObject('externalizable').data[0]!;
    const list = 'a java.util.CollSer';
    assert.deepEqual(outside.annotation.map(plain), [Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 99), list]);
  });

  it('describes proxies, cycles, strings, classes and null', () => {
    assert.deepEqual(describeObject('proxy').description.proxyInterfaces, [
      'java.lang.Runnable',
      'java.lang.Comparable',
    ]);
    const map = describeObject('map');
    assert.equal(map.data[0]?.annotation.at(-1), map);
    assert.equal(describeFixture('reset'), 'first');
    assert.equal(describeFixture('long-string'), 'abcé'.repeat(20_000));
    assert.equal(describeFixture('null'), null);
    assert.equal(
      (describeFixture('class') as { description: { name: string } }).description.name,
      'java.lang.String',
    );
  });

  it('refuses what has no end or no object', () => {
    const read = (name: string) => () => describeJavaObject(new DataInputView(fixture(name), name));
    assert.throws(read('externalizable-protocol-1'), refused('NOT_SUPPORTED', /protocol version 1/));
    assert.throws(read('exception'), refused('NOT_SUPPORTED', /exception/));
    assert.throws(
      () => describeJavaObject(new DataInputView(Uint8Array.of(1, 2, 3, 4))),
      refused('BAD_MAGIC'),
    );
  });

  it('describes a gadget chain and runs nothing of it', () => {
    const gadget = stream((out) => {
      out.writeByte(0x73);
      writeClass(out, 'org.apache.commons.collections.functors.InvokerTransformer', 2, () =>
        out.writeByte(0x70),
      );
    });
    const value = describeJavaObject(gadget) as JavaObject;
    assert.equal(value.description.name, 'org.apache.commons.collections.functors.InvokerTransformer');
    const polluting = stream((out) => {
      out.writeByte(0x73);
      writeClass(out, '__proto__', 2, () => out.writeByte(0x70));
    });
    assert.equal((describeJavaObject(polluting) as JavaObject).description.name, '__proto__');
  });

  it('gives up on 100000 levels of nesting', () => {
    const nested = stream((out) => {
      for (let i = 0; i < 100_000; i++) {
        out.writeByte(0x75);
        if (i === 0) writeClass(out, '[Ljava.lang.Object;', 2, () => out.writeByte(0x70));
        else {
          out.writeByte(0x71);
          out.writeInt(0x7e0000);
        }
        out.writeInt(1);
      }
    });
    assert.throws(() => describeJavaObject(nested), refused('TOO_DEEP'));
    const classes = stream((out) => {
      for (let i = 0; i < 100_000; i++) writeClass(out, 'A', 2, () => {});
    });
    assert.throws(() => describeJavaObject(classes), refused('TOO_DEEP'));
  });

  it('refuses lengths of 2 GB, unknown references, and classes that extend themselves', () => {
    for (const [code, typeCode] of [
      ['BAD_LENGTH', 'B'],
      ['BAD_LENGTH', 'J'],
      ['BAD_LENGTH', 'Ljava.lang.Object;'],
    ] as const) {
      const array = stream((out) => {
        out.writeByte(0x75);
        writeClass(out, `[${typeCode}`, 2, () => out.writeByte(0x70));
        out.writeInt(0x7fffffff);
      });
      assert.throws(() => describeJavaObject(array), refused(code, /2147483647/));
    }
    const text = stream((out) => {
      out.writeByte(0x7c);
      out.writeLong(0x7fffffffn);
    });
    assert.throws(() => describeJavaObject(text), refused('BAD_LENGTH', /2147483647/));
    const reference = stream((out) => {
      out.writeByte(0x71);
      out.writeInt(0x7e0005);
    });
    assert.throws(() => describeJavaObject(reference), refused('BAD_VALUE', /only 0 objects/));
    const itself = stream((out) => {
      out.writeByte(0x73);
      writeClass(out, 'A', 2, () => {
        out.writeByte(0x71);
        out.writeInt(0x7e0000);
      });
    });
    assert.throws(() => describeJavaObject(itself), refused('BAD_VALUE', /extends itself/));
  });

  it('answers every truncation and any flipped byte with an object or a typed error', () => {
    const names = readdirSync(FIXTURES).map((name) => name.replace('.bin', ''));
    for (const name of names) {
      const bytes = fixture(name);
      const end = bytes.length - 2;
      for (let limit = 0; limit < end; limit += limit < 2000 ? 1 : 997) {
        assert.throws(
          () => describeJavaObject(new DataInputView(bytes.subarray(0, limit), name)),
          (error: unknown) => error instanceof StatewrightError,
          `${name} cut at ${limit}`,
        );
      }
    }
    const property = fc.property(fc.constantFrom(...names), fc.nat(3000), fc.nat(255), (name, at, byte) => {
      const bytes = fixture(name);
      bytes[at % bytes.length] = byte;
      try {
        describeJavaObject(new DataInputView(bytes, name));
      } catch (error) {
        assert.ok(error instanceof StatewrightError, String(error));
      }
    });
    fc.assert(property, { numRuns: 2000 });
  });
});

describe('the checkpoint properties of official snapshots', () => {
  it('end where the metadata ends, in all of version 4 and later', () => {
    const { entries } = JSON.parse(readFileSync(new URL('index.json', OFFICIAL), 'utf8')) as {
      entries: { metadata?: string }[];
    };
    const files = entries.flatMap(({ metadata }) => metadata ?? []);
    let read = 0;
    const withoutProperties: string[] = [];
    for (const file of files) {
      const bytes = readFileSync(new URL(file, OFFICIAL));
      if (bytes.readInt32BE(4) < 4) continue;
      const input = new DataInputView(bytes, file);
      input.pos = bytes.lastIndexOf(Buffer.from('aced0005', 'hex'));
      const properties = describeJavaObject(input) as JavaObject | null;
      input.expectEnd('checkpoint properties');
      if (properties === null) {
        withoutProperties.push(file);
        continue;
      }
      assert.equal(properties.description.name, 'org.apache.flink.runtime.checkpoint.CheckpointProperties');
      assert.equal(typeof javaField(properties, 'forced'), 'boolean');
      read++;
    }
    assert.ok(read >= 150, `only ${read} files`);
    assert.deepEqual(withoutProperties, ['savepoints/table-state-nulls/_metadata']);
  });
});
