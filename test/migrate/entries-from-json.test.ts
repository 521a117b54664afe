import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { DataOutputView, type StatewrightError } from '@statewright/bytes';
import { openSavepoint, readEntries, type Savepoint, type State } from '@statewright/savepoint';
import {
  BigDecimalValue,
  BigIntegerValue,
  compileCodec,
  MapValue,
  Opaque,
  RecordValue,
  type SerializerSnapshot,
  SetValue,
  toJson,
  toTypedJson,
} from '@statewright/serializers';
import { CORPUS, FIXTURES, snapshots } from '../savepoint/corpus.js';
import { fromJson, parseExact } from './entries-internals.js';

/** The whole value's serializer of a state, so that values are compared as the state keeps them. */
interface Values {
  readonly snapshot: SerializerSnapshot;
  readonly values: readonly unknown[];
}

const MOST = 300;

/** Values of a state as its serializers have them: keys, and values without TTL, lists and maps by their parts. */
async function valuesOf(savepoint: Savepoint, state: State): Promise<Values[]> {
  const { keySerializer, namespaceSerializer, valueSerializer, kind, ttl } = state;
  const keys: unknown[] = [];
  const namespaces: unknown[] = [];
  const values: unknown[] = [];
  for await (const batch of readEntries(savepoint, [state])) {
    for (const { key, namespace, value } of batch) {
      keys.push(key);
      namespaces.push(namespace);
      values.push(value);
    }
    if (values.length > MOST) break;
  }
  const all: Values[] = [];
  if (kind === 'broadcast') {
    const entries = values.flatMap((value) => (value instanceof MapValue ? value.entries : []));
    all.push({ snapshot: keySerializer!, values: entries.map(([key]) => key) });
    all.push({ snapshot: valueSerializer, values: entries.map(([, value]) => value) });
    return all;
  }
  if (kind === 'operator-list' || kind === 'union-list') {
    return [{ snapshot: valueSerializer, values: values.flat(1) }];
  }
  if (keySerializer !== undefined) all.push({ snapshot: keySerializer, values: keys });
  if (namespaceSerializer !== undefined) all.push({ snapshot: namespaceSerializer, values: namespaces });
  if (
    kind !== 'timer' &&
    !ttl &&
    state.parts.every(({ stream, stateId }) => !stream.states[stateId]!.stateV2)
  ) {
    all.push({ snapshot: valueSerializer, values });
  }
  return all;
}

/** Java's BigDecimal.ZERO, ONE and TEN have a short form, which nothing but the object itself tells. */
function holdsConstant(value: unknown): boolean {
  if (value instanceof BigDecimalValue || value instanceof BigIntegerValue) return value.constant;
  if (Array.isArray(value)) return value.some(holdsConstant);
  if (value instanceof RecordValue) return value.fields.some(holdsConstant);
  if (value instanceof MapValue) return value.entries.flat().some(holdsConstant);
  if (value instanceof SetValue) return value.elements.some(holdsConstant);
  return typeof value === 'object' && value !== null && 'fields' in value
    ? holdsConstant([...(value.fields as unknown[])])
    : false;
}

function reasonOf(error: unknown): string {
  return (error as StatewrightError).reason ?? String(error);
}

/** What does not come back, by type and reason. */
async function roundTrip(savepoint: Savepoint, problems: Set<string>): Promise<number> {
  let count = 0;
  for (const state of savepoint.operators.flatMap((operator) => operator.states)) {
    const formats = state.parts.map(({ stream }) => stream.format);
    if (formats.some((format) => format === 'rocksdb' || format === 'changelog')) continue;
    for (const { snapshot, values } of await valuesOf(savepoint, state)) {
      const codec = compileCodec(snapshot, { formats: savepoint.formats });
      const read = fromJson(snapshot, savepoint.formats);
      const bytes = (value: unknown) => {
        const output = new DataOutputView();
        codec.write(output, value);
        return Buffer.from(output.toBytes()).toString('hex');
      };
      for (const value of values) {
        if (value instanceof Opaque) continue;
        count++;
        const where = `${state.name} ${snapshot.className}`;
        const typed = toTypedJson(value, snapshot, savepoint.formats);
        try {
          const again = read(parseExact(typed));
          if (!holdsConstant(value)) assert.equal(bytes(again), bytes(value), `${where}: ${typed}`);
          assert.equal(toJson(again), toJson(value), where);
        } catch (error) {
          problems.add(`${where}: typed: ${reasonOf(error)}`);
        }
        const plain = toJson(value);
        try {
          assert.equal(toJson(read(parseExact(plain))), plain, where);
        } catch (error) {
          // A long beyond 2^53 is a string in JSON, as a text is: only the typed form tells them apart in a union.
          if (!reasonOf(error).startsWith('it may be of'))
            problems.add(`${where}: plain: ${reasonOf(error)}`);
        }
      }
    }
  }
  return count;
}

describe('JSON back to values', () => {
  for (const name of readdirSync(FIXTURES).sort()) {
    test(`every value of ${name} is what it was`, async () => {
      const problems = new Set<string>();
      await roundTrip(await openSavepoint(join(FIXTURES, name)), problems);
      assert.deepEqual([...problems], []);
    });
  }

  test("values of Flink's own snapshots", async () => {
    const problems = new Set<string>();
    let count = 0;
    for (const { path } of snapshots()) {
      let savepoint: Savepoint;
      try {
        savepoint = await openSavepoint(join(CORPUS, path));
      } catch {
        continue;
      }
      count += await roundTrip(savepoint, problems);
    }
    assert.ok(count > 1000, `${count} values`);
    assert.deepEqual([...problems], []);
  });
});
