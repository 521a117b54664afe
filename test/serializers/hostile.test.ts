import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DataInputView, DataOutputView, type ErrorCode, StatewrightError } from '@statewright/bytes';
import { compileCodec, describeSerializer, readSerializerSnapshot, toJson } from '@statewright/serializers';
import { flinkValues, fromHex, valuesNamed } from './flink-values.js';

const BASE = 'org.apache.flink.api.common.typeutils.base.';
const POJO = 'org.apache.flink.api.java.typeutils.runtime.PojoSerializerSnapshot';
const INT = `${BASE}IntSerializer$IntSerializerSnapshot`;
const NAMES = [
  '); process.exit(0); (',
  '__proto__',
  'constructor',
  `\${process.exit(0)}`,
  '*/ process.exit(0) /*',
  '\u001b[2J',
];

function bytes(write: (output: DataOutputView) => void): Uint8Array {
  const output = new DataOutputView();
  write(output);
  return output.toBytes();
}

function read(snapshot: Uint8Array) {
  return readSerializerSnapshot(new DataInputView(snapshot, 'hostile'));
}

function throwsCode(code: ErrorCode, act: () => unknown): StatewrightError {
  let thrown: unknown;
  assert.throws(act, (error) => {
    thrown = error;
    return error instanceof StatewrightError && error.code === code;
  });
  return thrown as StatewrightError;
}

/** A snapshot of a POJO of ints, by the grammar. */
function pojoOfInts(pojoClass: string, names: readonly string[]): Uint8Array {
  const header = 0x000004f2c69a3d70n;
  const frame = (output: DataOutputView, content: Uint8Array): void => {
    output.writeBoolean(true);
    output.writeBytes32(content);
  };
  const intSnapshot = bytes((output) => {
    output.writeUTF(INT);
    output.writeInt(3);
  });
  return bytes((output) => {
    output.writeInt(2);
    output.writeUTF(POJO);
    output.writeInt(2);
    output.writeUTF(pojoClass);
    output.writeLong(header);
    output.writeInt(names.length);
    for (const name of names) {
      output.writeUTF(name);
      frame(
        output,
        bytes((key) => [pojoClass, name].forEach((part) => void key.writeUTF(part))),
      );
      frame(output, intSnapshot);
    }
    for (let i = 0; i < 2; i++) {
      output.writeLong(header);
      output.writeInt(0);
    }
  });
}

describe('names', () => {
  test('from a snapshot stay names: not code, not object keys', () => {
    const snapshot = read(pojoOfInts(NAMES[0]!, NAMES));
    const data = bytes((output) => {
      output.writeByte(2);
      NAMES.forEach((_, i) => {
        output.writeBoolean(false);
        output.writeInt(i);
      });
    });
    const json = toJson(compileCodec(snapshot).read(new DataInputView(data)));
    const parsed = JSON.parse(json) as object;
    assert.deepEqual(
      Object.entries(parsed),
      NAMES.map((name, i) => [name, i]),
    );
    assert.equal(Object.getPrototypeOf(parsed), Object.prototype);
    assert.deepEqual(
      describeSerializer(snapshot).fields?.map(({ name }) => name),
      NAMES,
    );
  });

  test('an unknown class with an escape sequence is quoted in the message', () => {
    const error = throwsCode('UNKNOWN_SNAPSHOT_CLASS', () =>
      read(
        bytes((output) => {
          output.writeInt(2);
          output.writeUTF('a.\u001b[2J\u009b\u202eB');
          output.writeInt(7);
        }),
      ),
    );
    assert.equal(error.reason, 'no reader is registered for class "a.\\u001b[2J\\u009b\\u202eB", version 7');
    assert.deepEqual(error.span, { file: 'hostile', start: 4, end: 22 });
  });
});

/** Two billion in the place of any four bytes: refused, or part of a name or of a frame that is kept closed. */
function everywhereHuge(name: string): void {
  const { snapshot } = valuesNamed(name)[0]!;
  for (let at = 0; at + 4 <= snapshot.length; at++) {
    const changed = snapshot.slice();
    new DataView(changed.buffer).setInt32(at, 0x7fffffff);
    try {
      read(changed);
    } catch (error) {
      assert.ok(error instanceof StatewrightError, `${name} at ${at}`);
    }
  }
}

describe('counts and lengths of two billion are refused before anything is allocated', () => {
  const huge = fromHex('7fffffff 00');
  for (const name of [
    'List',
    'List of NullValue',
    'Map',
    'byte[]',
    'long[]',
    'String[]',
    'Long[]',
    'SharedBufferNode',
    'NFAState',
  ]) {
    test(name, () => {
      const codec = compileCodec(read(valuesNamed(name)[0]!.snapshot));
      throwsCode('BAD_LENGTH', () => codec.read(new DataInputView(huge)));
      throwsCode('BAD_LENGTH', () => codec.skip(new DataInputView(huge)));
    });
  }

  test('a string', () => {
    const codec = compileCodec(read(valuesNamed('string')[0]!.snapshot));
    for (const hex of ['ffffffff07 61', 'ffffffff0f 61', 'ffffffffff01 61']) {
      assert.throws(() => codec.read(new DataInputView(fromHex(hex))), StatewrightError);
      assert.throws(() => codec.skip(new DataInputView(fromHex(hex))), StatewrightError);
    }
  });

  test('a BigInteger', () => {
    const codec = compileCodec(read(valuesNamed('BigInteger')[0]!.snapshot));
    throwsCode('TRUNCATED', () => codec.read(new DataInputView(huge)));
    throwsCode('BAD_LENGTH', () => codec.read(new DataInputView(fromHex('80000000 00'))));
  });

  test('negative counts', () => {
    for (const name of ['List', 'List of NullValue', 'Map', 'byte[]']) {
      const codec = compileCodec(read(valuesNamed(name)[0]!.snapshot));
      throwsCode('BAD_LENGTH', () => codec.read(new DataInputView(fromHex('ffffffff 00'))));
    }
  });

  test('nested snapshots, enum constants, frames', () => {
    const list = valuesNamed('List')[0]!.snapshot.slice();
    const count = list.length - Buffer.from(list).reverse().indexOf(1);
    new DataView(list.buffer).setInt32(count - 4, 0x7fffffff);
    throwsCode('BAD_LENGTH', () => read(list));
    for (const name of ['Enum', 'Pojo', 'Pojo with Kryo']) everywhereHuge(name);
  });
});

test('a frame with more in it than its snapshot is refused', () => {
  const { snapshot } = valuesNamed('Pojo')[0]!;
  const hex = Buffer.from(snapshot).toString('hex');
  const name = Buffer.from(`${BASE}StringSerializer$StringSerializerSnapshot`).toString('hex');
  const length = 2 + name.length / 2 + 4;
  const frame = (bytes: number): string => bytes.toString(16).padStart(8, '0');
  const start = hex.indexOf(name) - 12;
  assert.equal(hex.slice(start, start + 8), frame(length));
  const end = start + 8 + 2 * length;
  const longer = `${hex.slice(0, start)}${frame(length + 1)}${hex.slice(start + 8, end)}00${hex.slice(end)}`;
  throwsCode('TRAILING_BYTES', () => read(fromHex(longer)));
});

describe('nesting', () => {
  test('a snapshot of 100000 lists is refused', () => {
    const snapshot = bytes((output) => {
      output.writeInt(2);
      for (let i = 0; i < 100_000; i++) {
        output.writeUTF(`${BASE}ListSerializerSnapshot`);
        for (const number of [3, 911108, 1, 1333245, 1, 1]) output.writeInt(number);
      }
    });
    throwsCode('TOO_DEEP', () => read(snapshot));
  });

  test('500 lists are read, and so are their values', () => {
    const snapshot = bytes((output) => {
      output.writeInt(2);
      for (let i = 0; i < 500; i++) {
        output.writeUTF(`${BASE}ListSerializerSnapshot`);
        for (const number of [3, 911108, 1, 1333245, 1, 1]) output.writeInt(number);
      }
      output.writeUTF(INT);
      output.writeInt(3);
    });
    const data = bytes((output) => {
      for (let i = 0; i < 500; i++) output.writeInt(1);
      output.writeInt(42);
    });
    assert.equal(
      toJson(compileCodec(read(snapshot)).read(new DataInputView(data))),
      `${'['.repeat(500)}42${']'.repeat(500)}`,
    );
  });

  test('a variant that is an array of itself is refused', () => {
    const codec = compileCodec(read(valuesNamed('Variant')[0]!.snapshot));
    const value = fromHex('03 01 00 00 03 01 00 00');
    const data = bytes((output) => {
      output.writeInt(value.length);
      output.writeInt(3);
      output.writeBytes(value);
      output.writeBytes(fromHex('010000'));
    });
    assert.throws(() => codec.read(new DataInputView(data)), StatewrightError);
  });
});

describe('damage', () => {
  const values = flinkValues('2.3').filter(({ data }) => data.length < 2000);

  test('a snapshot cut short anywhere is a typed error', () => {
    for (const { name, snapshot } of new Map(values.map((value) => [value.name, value])).values()) {
      for (let length = 0; length < snapshot.length; length++) {
        assert.throws(() => read(snapshot.subarray(0, length)), StatewrightError, `${name} cut at ${length}`);
      }
    }
  });

  test('a value cut short is a typed error, or opaque', () => {
    for (const { name, snapshot, data } of values) {
      const codec = compileCodec(read(snapshot));
      for (let length = 0; length < data.length; length++) {
        const cut = data.subarray(0, length);
        const act = (): void => {
          const value = codec.read(new DataInputView(cut));
          if (!toJson(value).includes('@opaque'))
            assert.fail(`${name} cut at ${length} reads as ${toJson(value)}`);
          throw new StatewrightError('TRUNCATED', { reason: 'opaque' });
        };
        assert.throws(act, StatewrightError, `${name} cut at ${length}`);
      }
    }
  });

  test('10000 changed bytes are a typed error or a value', () => {
    let seed = 42;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
      return (seed >> 8) % below;
    };
    for (let i = 0; i < 10_000; i++) {
      const value = values[random(values.length)]!;
      const snapshot = value.snapshot.slice();
      const data = value.data.slice();
      const target = i % 2 === 0 || data.length === 0 ? snapshot : data;
      target[random(target.length)] = random(256);
      try {
        toJson(compileCodec(read(snapshot)).read(new DataInputView(data)));
      } catch (error) {
        assert.ok(error instanceof StatewrightError, `${value.name}: ${(error as Error).stack}`);
      }
    }
  });
});
