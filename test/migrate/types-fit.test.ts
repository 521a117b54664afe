import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type AvroSnapshot,
  AvroUnionValue,
  BigDecimalValue,
  BigIntegerValue,
  MapValue,
  Opaque,
  RecordValue,
  SetValue,
  TimeValues,
  toJson,
} from '@statewright/serializers';
import {
  canFit,
  floatingText,
  Misfit,
  renameSubclasses,
  resolveAvroValues,
  scalarFit,
  shortestFloat,
  structureFit,
} from './types-internals.js';
import { type } from './types-run.js';

const MIN_LONG = -(2n ** 63n);
const MAX_LONG = 2n ** 63n - 1n;

/** What a value of one type becomes in another: a value, or a misfit with the nearest that fits. */
function fit(from: string, to: string, value: unknown): unknown {
  return scalarFit(type(from), type(to))(value);
}

function misfit(from: string, to: string, value: unknown): unknown {
  const made = fit(from, to, value);
  assert.ok(made instanceof Misfit, `${String(value)} should not fit ${to} but became ${String(made)}`);
  return made.nearest;
}

describe('numbers as other numbers', () => {
  it('stay the same number where the type can hold it', () => {
    assert.equal(fit('int', 'long', -7), -7n);
    assert.equal(fit('long', 'int', 2147483647n), 2147483647);
    assert.equal(fit('long', 'byte', -128n), -128);
    assert.equal(fit('double', 'int', -0), 0);
    assert.equal(fit('double', 'long', 2 ** 62), 2n ** 62n);
    assert.equal(fit('long', 'double', 2n ** 53n), 2 ** 53);
    assert.equal(fit('float', 'double', 0.25), 0.25);
    assert.deepEqual(fit('int', 'bigdecimal', 5), new BigDecimalValue(5n, 0));
    assert.deepEqual(fit('double', 'bigdecimal', 0.1), new BigDecimalValue(1n, 1));
    assert.equal(fit('bigdecimal', 'double', new BigDecimalValue(25n, 2)), 0.25);
    assert.equal(fit('bigdecimal', 'long', new BigDecimalValue(1200n, 2)), 12n);
    assert.deepEqual(fit('long', 'biginteger', MIN_LONG), new BigIntegerValue(MIN_LONG));
  });

  it('do not fit where it cannot, and the nearest is what a cast of Java gives', () => {
    assert.equal(misfit('long', 'int', 2147483648n), 2147483647);
    assert.equal(misfit('long', 'int', MIN_LONG), -2147483648);
    assert.equal(misfit('int', 'byte', 300), 127);
    assert.equal(misfit('double', 'int', 2.9), 2);
    assert.equal(misfit('double', 'int', -2.9), -2);
    assert.equal(misfit('double', 'long', 2 ** 63), MAX_LONG);
    assert.equal(misfit('double', 'long', Number.NEGATIVE_INFINITY), MIN_LONG);
    assert.equal(misfit('double', 'int', Number.POSITIVE_INFINITY), 2147483647);
    assert.equal(misfit('double', 'int', Number.NaN), undefined);
    assert.equal(misfit('double', 'float', 0.1), Math.fround(0.1));
    assert.equal(misfit('long', 'double', 2n ** 53n + 1n), 2 ** 53);
    assert.equal(misfit('int', 'float', 16777217), 16777216);
    assert.equal(misfit('bigdecimal', 'int', new BigDecimalValue(199n, 2)), 1);
    assert.equal(misfit('bigdecimal', 'double', new BigDecimalValue(1n, 1)), 0.1);
    assert.equal(misfit('biginteger', 'long', new BigIntegerValue(2n ** 64n)), MAX_LONG);
  });

  it('are read from texts that are numbers, and from nothing else', () => {
    assert.equal(fit('string', 'long', '-42'), -42n);
    assert.equal(fit('string', 'double', '1e3'), 1000);
    assert.equal(fit('string', 'double', '0.1'), 0.1);
    assert.equal(fit('string', 'boolean', 'true'), true);
    for (const text of ['', ' 1', '1.5', '0x10', 'seven']) misfit('string', 'int', text);
    misfit('string', 'double', '');
    misfit('string', 'boolean', 'yes');
    misfit('int', 'boolean', 2);
  });
});

describe('numbers as texts', () => {
  // java.lang.Double.toString and Float.toString of Java 19 and later.
  const doubles: readonly (readonly [number, string])[] = [
    [0, '0.0'],
    [-0, '-0.0'],
    [1, '1.0'],
    [-1.5, '-1.5'],
    [0.001, '0.001'],
    [0.0001, '1.0E-4'],
    [9999999, '9999999.0'],
    [10000000, '1.0E7'],
    [123456789, '1.23456789E8'],
    [1e21, '1.0E21'],
    [1.5e-7, '1.5E-7'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
  ];
  for (const [value, text] of doubles) {
    it(`${text} is the text of a double`, () => assert.equal(floatingText(value), text));
  }

  it('are the shortest that are the same float', () => {
    const text = (value: number) => floatingText(value, shortestFloat(value));
    assert.equal(text(Math.fround(0.1)), '0.1');
    assert.equal(text(Math.fround(16777216)), '1.6777216E7');
    assert.equal(text(Math.fround(3.4028235e38)), '3.4028235E38');
    assert.equal(fit('float', 'string', Math.fround(0.3)), '0.3');
    assert.equal(fit('double', 'string', 100), '100.0');
    assert.equal(fit('long', 'string', MAX_LONG), '9223372036854775807');
  });
});

describe('times', () => {
  const { InstantValue, DateValue, SqlTimestampValue, LocalDateValue, LocalDateTimeValue, LocalTimeValue } =
    TimeValues;

  it('become milliseconds and back, and what is finer does not fit', () => {
    assert.equal(fit('instant', 'long', new InstantValue(-1n, 999_000_000)), -1n);
    assert.equal(misfit('instant', 'long', new InstantValue(1n, 1_000_001)), 1001n);
    assert.deepEqual(fit('long', 'instant', -1n), new InstantValue(-1n, 999_000_000));
    assert.deepEqual(fit('date', 'instant', new DateValue(1500n)), new InstantValue(1n, 500_000_000));
    const timestamp = new SqlTimestampValue(1500n, 500_000_001);
    assert.deepEqual(fit('sql-timestamp', 'instant', timestamp), new InstantValue(1n, 500_000_001));
    // Long.MIN_VALUE is how a date's null is written.
    misfit('long', 'date', MIN_LONG);
  });

  it('become texts of ISO 8601 and back', () => {
    assert.equal(fit('instant', 'string', new InstantValue(0n, 0)), '1970-01-01T00:00:00Z');
    assert.deepEqual(fit('string', 'instant', '1970-01-01T00:00:01.5Z'), new InstantValue(1n, 500_000_000));
    assert.deepEqual(fit('string', 'local-date', '2024-02-29'), new LocalDateValue(2024, 2, 29));
    misfit('string', 'local-date', '2023-02-29');
    const noon = new LocalDateTimeValue(new LocalDateValue(2024, 1, 2), new LocalTimeValue(12, 0, 0, 0));
    assert.deepEqual(misfit('local-date-time', 'local-date', noon), new LocalDateValue(2024, 1, 2));
  });

  it('of different clocks do not become each other', () => {
    assert.equal(canFit('instant', 'local-date-time'), false);
    assert.equal(canFit('instant', 'int'), false);
    assert.equal(canFit('sql-date', 'string'), false);
    assert.equal(canFit('local-date', 'long'), false);
  });
});

describe('constants of enums', () => {
  it('become texts, and texts the constants that there are', () => {
    assert.equal(fit('enum a.Tier(FREE, PRO)', 'string', 'PRO'), 'PRO');
    assert.equal(fit('string', 'enum a.Tier(FREE, PRO)', 'FREE'), 'FREE');
    misfit('string', 'enum a.Tier(FREE, PRO)', 'GOLD');
    misfit('enum a.Old(FREE, GONE)', 'enum a.Tier(FREE, PRO)', 'GONE');
  });
});

describe('values made of others', () => {
  const shape = { className: 'a.Old', names: ['tags', 'level'] };
  const record = (...fields: unknown[]) => new RecordValue(shape, fields);

  it('take the fields of a POJO by their names', () => {
    const to = structureFit(type('pojo a.New { level: long, tags: set<string> }'));
    const made = to(record(['x', 'y'], 3)) as RecordValue;
    assert.deepEqual(made.fields, [3n, new SetValue(['x', 'y'])]);
    assert.equal(made.shape.className, 'a.New');
  });

  it('say where something does not fit', () => {
    const wrong = (to: string, value: unknown) => {
      const made = structureFit(type(to))(value);
      assert.ok(made instanceof Misfit);
      return `${made.path.join('/')} ${made.why}`;
    };
    assert.match(
      wrong('pojo a.New { level: int }', record([], 3)),
      /whose field tags the new type does not have/,
    );
    assert.match(
      wrong('pojo a.New { level: int, tags: list<string>, x: int }', record([], 3)),
      /has no field x/,
    );
    assert.match(
      wrong('pojo a.New { level: int, tags: list<int> }', record(['x'], 3)),
      /^tags\/0 where an int/,
    );
    assert.match(wrong('map<string, byte>', new MapValue([['k', 300]])), /^k which does not fit a byte/);
    assert.match(wrong('list<string>', 'text'), /where a list is expected/);
    assert.match(wrong('string', 5), /where a text is expected/);
    assert.match(wrong('int', '5'), /where an int is expected/);
  });

  it('become Avro, with defaults, unions and logical types', () => {
    const schema = {
      type: 'record',
      name: 'R',
      fields: [
        { name: 'price', type: { type: 'bytes', logicalType: 'decimal', precision: 9, scale: 2 } },
        { name: 'at', type: { type: 'long', logicalType: 'timestamp-millis' } },
        { name: 'note', type: ['null', 'string'], default: null },
        { name: 'kind', type: 'string', default: 'new' },
      ],
    };
    const to = structureFit(type(`avro ${JSON.stringify(schema)}`));
    const old = { className: 'a.Old', names: ['at', 'note', 'price'] };
    const at = new TimeValues.InstantValue(2n, 0);
    const made = to(new RecordValue(old, [at, 'hi', new BigDecimalValue(-25n, 1)])) as RecordValue;
    // -2.5 with two digits behind the point is -250: 0xFF06.
    assert.deepEqual(made.fields, [Uint8Array.of(0xff, 0x06), 2000n, new AvroUnionValue(1, 'hi'), 'new']);
    const fine = to(new RecordValue(old, [at, null, new BigDecimalValue(1n, 3)]));
    assert.ok(fine instanceof Misfit && fine.path[0] === 'price');
    const none = to(new RecordValue(old, [null, null, new BigDecimalValue(1n, 0)]));
    assert.ok(none instanceof Misfit && none.path[0] === 'at');
  });
});

describe('resolution of Avro schemas', () => {
  const schema = (json: unknown) => (type(`avro ${JSON.stringify(json)}`) as AvroSnapshot).schema;
  const record = (name: string, ...fields: unknown[]) => schema({ type: 'record', name, fields });
  const of = (names: string[], ...values: unknown[]) => new RecordValue({ className: 'R', names }, values);

  it('finds fields by name and alias, promotes, fills in and drops', () => {
    const writer = record(
      'R',
      { name: 'id', type: 'int' },
      { name: 'old', type: 'string' },
      { name: 'gone', type: 'long' },
    );
    const reader = record(
      'ns.R',
      { name: 'renamed', type: 'string', aliases: ['old'] },
      { name: 'id', type: ['null', 'long'] },
      { name: 'added', type: { type: 'array', items: 'int' }, default: [1, 2] },
    );
    const { fit: resolve, problems, dropped } = resolveAvroValues(writer, reader);
    assert.deepEqual([problems, dropped], [[], ['gone']]);
    const made = resolve(of(['id', 'old', 'gone'], 7, 'x', 1n)) as RecordValue;
    assert.deepEqual(made.fields, ['x', new AvroUnionValue(1, 7n), [1, 2]]);
  });

  it('says what cannot be resolved before any value is read', () => {
    const writer = record('R', { name: 'id', type: 'string' });
    const narrower = resolveAvroValues(writer, record('R', { name: 'id', type: 'int' }));
    assert.deepEqual(narrower.problems, ['id: string cannot be read as int']);
    const wanting = resolveAvroValues(
      writer,
      record('R', { name: 'id', type: 'string' }, { name: 'n', type: 'int' }),
    );
    assert.deepEqual(wanting.problems, ['n: the field is new and has no default']);
  });

  it('takes the default of an enum for symbols that are gone, and fails without one', () => {
    const old = schema({ type: 'enum', name: 'E', symbols: ['A', 'B'] });
    const withDefault = schema({ type: 'enum', name: 'E', symbols: ['A'], default: 'A' });
    assert.equal(resolveAvroValues(old, withDefault).fit('B'), 'A');
    const without = schema({ type: 'enum', name: 'E', symbols: ['A'] });
    assert.equal(resolveAvroValues(old, without).fit('A'), 'A');
    assert.ok(resolveAvroValues(old, without).fit('B') instanceof Misfit);
  });

  it('follows a schema into itself', () => {
    const node = (value: string) =>
      record('N', { name: 'v', type: value }, { name: 'next', type: ['null', 'N'], default: null });
    const { fit: resolve } = resolveAvroValues(node('int'), node('long'));
    const inner = new RecordValue({ className: 'N', names: ['v', 'next'] }, [1, null]);
    const made = resolve(new RecordValue({ className: 'N', names: ['v', 'next'] }, [2, inner]));
    assert.equal(toJson(made), '{"v":2,"next":{"v":1,"next":null}}');
  });
});

describe('names of subclasses in bytes that cannot be read', () => {
  const value = (bytes: Uint8Array) =>
    new Opaque(bytes, { file: 'f', start: 0, end: bytes.length }, 'not known', 'a.Cat', 'PojoSerializer');
  const name = (text: string) => [0, text.length, ...Buffer.from(text)];
  const rename = (text: string) => (text.startsWith('a.') ? `com.acme.${text.slice(2)}` : text);

  it('are renamed wherever they begin a value, and nothing else is touched', () => {
    const bytes = Uint8Array.of(
      4,
      ...name('a.Cat'),
      2,
      0,
      4,
      0,
      9,
      4,
      ...name('a.Dog'),
      2,
      1,
      4,
      ...name('b.Cow'),
      2,
    );
    const now = renameSubclasses(value(bytes), rename);
    const wanted = [
      4,
      ...name('com.acme.Cat'),
      2,
      0,
      4,
      0,
      9,
      4,
      ...name('com.acme.Dog'),
      2,
      1,
      4,
      ...name('b.Cow'),
      2,
    ];
    assert.deepEqual([...now.bytes], wanted);
    assert.equal(now.className, 'com.acme.Cat');
  });

  it('are left alone in texts, and where the bytes end too early', () => {
    // A text of a StringValue has its length, plus one, before it, and no flags around.
    const text = Uint8Array.of(6, ...Buffer.from('a.Cat'), 2);
    assert.equal(renameSubclasses(value(text), rename).bytes, text);
    const cut = Uint8Array.of(4, 0, 200, ...Buffer.from('a.Cat'));
    assert.equal(renameSubclasses(value(cut), rename).bytes, cut);
    const last = Uint8Array.of(4, ...name('a.Cat'));
    assert.equal(renameSubclasses(value(last), rename).bytes, last);
  });
});
