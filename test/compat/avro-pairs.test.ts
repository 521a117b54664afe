import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AvroType } from '@statewright/serializers';
import type { AvroIncompatibility } from '../../packages/compat/src/avro/reader-writer.js';
import {
  avroSnapshot,
  checkReaderWriter,
  linesOf,
  resolveAvro,
  schemaOf,
  schemasEqual,
} from './avro-internals.js';

/** What Avro 1.11.4 and Flink 1.20.3 answer; Flink 2.3.0 gives the same bytes. See test/avro/java/SchemaPairs.java. */
interface Pair {
  readonly id: string;
  readonly old: string;
  readonly new: string;
  readonly equals: boolean;
  readonly compatibility?: 'COMPATIBLE' | 'INCOMPATIBLE';
  readonly throws?: string;
  readonly incompatibilities?: readonly {
    readonly type: string;
    readonly location: string;
    readonly message: string;
    readonly reader: string;
    readonly writer: string;
  }[];
  readonly flink: string;
  /** By runtime types of both sides, whether migrated values are what Avro resolves: `right`, `wrong`, or what is thrown. */
  readonly values?: Readonly<Record<string, string>>;
}

const PAIRS = linesOf<Pair>('avro-pairs-1.11.4.ndjson');
const TARGET = {
  version: { major: 1, minor: 20 },
  sourceVersion: undefined,
  backend: 'rocksdb',
} as const;

/**
 * A renamed field in a record of another namespace: Avro does not follow the field's alias there. What Avro resolves is then
 * no measure of what is right; such pairs have a test of their own.
 */
const FIELD_ALIAS_IN_OTHER_NAMESPACE =
  /^hand-namespace-changed-and|moved(?!-alias).*field-renamed-alias|field-renamed-alias.*moved(?!-alias)/;
/** The same bytes and the same number, but of another unit. */
const SAME_NUMBER_OTHER_UNIT = /timestamp-(millis|micros)|"scale"/;

function nameOf(type: AvroType): string {
  if (type.kind === 'primitive') return type.type;
  return 'name' in type ? type.name : type.kind;
}

/** Avro's location of ours: the last steps, because it begins anew within unions and where a type is met again. */
function lastStep({ kind, path, reader }: AvroIncompatibility): string | undefined {
  const field = (name: string) => {
    return reader.kind === 'record' ? reader.fields.findIndex((one) => one.name === name) : -1;
  };
  switch (kind) {
    case 'NAME_MISMATCH':
      return 'name';
    case 'FIXED_SIZE_MISMATCH':
      return 'size';
    case 'MISSING_ENUM_SYMBOLS':
      return 'symbols';
    case 'READER_FIELD_MISSING_DEFAULT_VALUE':
      return `fields/${field(path.at(-1)!.replace('field ', ''))}`;
    default:
      return undefined;
  }
}

describe('Avro schemas, compared as Avro compares them', () => {
  it(`has pairs of every outcome among ${PAIRS.length}`, () => {
    const counts = new Map<string, number>();
    for (const { flink } of PAIRS) counts.set(flink, (counts.get(flink) ?? 0) + 1);
    assert.ok(PAIRS.length >= 1000);
    for (const outcome of ['COMPATIBLE_AS_IS', 'COMPATIBLE_AFTER_MIGRATION', 'INCOMPATIBLE']) {
      assert.ok((counts.get(outcome) ?? 0) >= 50, outcome);
    }
  });

  it('are equal when Schema#equals says so, in both directions', () => {
    for (const pair of PAIRS) {
      const [old, now] = [schemaOf(pair.old), schemaOf(pair.new)];
      assert.equal(schemasEqual(old, now), pair.equals, pair.id);
      assert.equal(schemasEqual(now, old), pair.equals, pair.id);
      assert.ok(schemasEqual(now, schemaOf(pair.new)), pair.id);
    }
  });

  it('have the incompatibilities that SchemaCompatibility lists, in its order', () => {
    for (const pair of PAIRS) {
      const { incompatibilities, throws } = checkReaderWriter(schemaOf(pair.new), schemaOf(pair.old));
      assert.equal(throws !== undefined, pair.throws !== undefined, pair.id);
      if (throws !== undefined) continue;
      const expected = pair.incompatibilities ?? [];
      assert.deepEqual(
        incompatibilities.map(({ kind, reader, writer }) => [kind, nameOf(reader), nameOf(writer)]),
        expected.map(({ type, reader, writer }) => [type, reader, writer]),
        pair.id,
      );
      incompatibilities.forEach((one, i) => {
        const step = lastStep(one);
        if (step !== undefined) assert.ok(expected[i]!.location.endsWith(step), `${pair.id}: ${one.path}`);
      });
    }
  });

  it('lie where Avro says, by field, element and value', () => {
    for (const pair of PAIRS) {
      const unions = /\[\s*["{]/.test(pair.new.replaceAll(/"(aliases|symbols|default|fields)":\[/g, ''));
      const expected = pair.incompatibilities ?? [];
      const repeated = new Set(expected.map(({ location }) => location)).size !== expected.length;
      if (unions || repeated || pair.throws !== undefined || pair.old.includes('["null')) continue;
      const { incompatibilities } = checkReaderWriter(schemaOf(pair.new), schemaOf(pair.old));
      for (const [i, one] of incompatibilities.entries()) {
        assert.equal(pointerTo(schemaOf(pair.new), one), expected[i]!.location, `${pair.id}: ${one.path}`);
      }
    }
  });

  it('resolve as AvroSerializerSnapshot resolves them', () => {
    for (const pair of PAIRS) {
      const { verdict, throws } = resolveAvro(avroSnapshot(pair.old), avroSnapshot(pair.new), TARGET);
      assert.equal(throws !== undefined, pair.flink.startsWith('throws'), pair.id);
      if (throws === undefined) assert.equal(verdict, pair.flink.replace('COMPATIBLE_A', 'A'), pair.id);
    }
  });
});

describe('Avro values after a migration that Flink ran', () => {
  const CLASSES: Readonly<Record<string, string | undefined>> = { generic: undefined, specific: 'Root' };

  for (const types of ['generic-generic', 'specific-specific', 'generic-specific', 'specific-generic']) {
    it(`${types}: come back right exactly when they are called readable`, () => {
      const [from, to] = types.split('-') as [string, string];
      let checked = 0;
      for (const pair of PAIRS) {
        const outcome = pair.values?.[types];
        if (outcome === undefined || FIELD_ALIAS_IN_OTHER_NAMESPACE.test(pair.id)) continue;
        if (SAME_NUMBER_OTHER_UNIT.test(pair.old) && SAME_NUMBER_OTHER_UNIT.test(pair.new)) continue;
        const old = avroSnapshot(pair.old, CLASSES[from]);
        const { readable, notes } = resolveAvro(old, avroSnapshot(pair.new, CLASSES[to]), TARGET);
        const right = outcome === 'right';
        const said = `${pair.id}: ${outcome} ${JSON.stringify(notes.map(({ path, reason }) => [path, reason]))}`;
        if (readable === 'unknown') assert.ok(types === 'specific-generic' && right, said);
        else assert.equal(readable, right ? 'yes' : 'no', said);
        checked++;
      }
      assert.ok(checked > 300, `${checked} pairs`);
    });
  }

  it('are lost to a default where a field was renamed and its record moved, unless they are written by position', () => {
    const pair = PAIRS.find(({ id }) => id === 'hand-namespace-changed-and-field-alias')!;
    const resolve = (className: string | undefined) =>
      resolveAvro(avroSnapshot(pair.old, className), avroSnapshot(pair.new, className), TARGET);
    assert.equal(resolve('Root').readable, 'no');
    assert.match(resolve('Root').notes.at(-1)!.reason, /^the alias a of the field b is not followed/);
    assert.equal(resolve(undefined).readable, 'yes');
  });

  it('name what is thrown', () => {
    const thrown = new Set<string>();
    for (const pair of PAIRS) {
      const outcome = pair.values?.['generic-generic'];
      if (outcome === undefined || !outcome.endsWith('Exception')) continue;
      const { notes } = resolveAvro(avroSnapshot(pair.old), avroSnapshot(pair.new), TARGET);
      const reasons = notes.filter(({ code }) => code === 'avro-migration-fails').map(({ reason }) => reason);
      assert.ok(reasons.length > 0, pair.id);
      // A value may stumble over a shifted field before it comes to the one that is told.
      if (reasons.some((reason) => reason.includes(outcome))) thrown.add(outcome);
    }
    assert.deepEqual([...thrown].sort(), [
      'ArrayIndexOutOfBoundsException',
      'ClassCastException',
      'NullPointerException',
      'UnresolvedUnionException',
    ]);
  });
});

/** The JSON pointer of a place in a reader's schema without unions. */
function pointerTo(schema: AvroType, { kind, path }: AvroIncompatibility): string {
  const steps: string[] = [];
  let at = schema;
  for (const segment of path) {
    if (segment === 'element' && at.kind === 'array') {
      steps.push('items');
      at = at.items;
    } else if (segment === 'value' && at.kind === 'map') {
      steps.push('values');
      at = at.values;
    } else if (at.kind === 'record') {
      const position = at.fields.findIndex(({ name }) => `field ${name}` === segment);
      steps.push('fields', String(position), 'type');
      at = at.fields[position]!.type;
    }
  }
  if (kind === 'READER_FIELD_MISSING_DEFAULT_VALUE') steps.pop();
  const last = { NAME_MISMATCH: 'name', FIXED_SIZE_MISMATCH: 'size', MISSING_ENUM_SYMBOLS: 'symbols' };
  const end = last[kind as keyof typeof last];
  if (end !== undefined) steps.push(end);
  return `/${steps.join('/')}`;
}
