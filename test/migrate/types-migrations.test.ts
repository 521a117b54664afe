import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { operatorIdOfUid } from '@statewright/savepoint';
import type { PojoSnapshot, SerializerSnapshot } from '@statewright/serializers';
import { convert, type } from './types-run.js';

/*
 * The migrations of fixtures/migrate whose expectations real Flink's new jobs were generated with: every value after the
 * conversion is the one that the new job of the fixture would have put there.
 */

const CASES = [
  'rename-field',
  'rename-field-moved',
  'add-field',
  'drop-field',
  'retype-field',
  'retype-field-clamp',
  'retype-field-default',
  'retype-field-skip',
  'reorder-fields',
  'rename-class',
  'rename-class-package',
  'rename-class-subclasses',
  'rename-class-subclasses-rocksdb',
  'kryo-to-pojo',
  'kryo-to-avro',
  'kryo-to-collections',
  'pojo-to-avro',
  'avro-evolve',
];

const CAT =
  'pojo com.acme.v2.Pet { name: string, subclass pojo com.acme.v2.Cat { indoor: boolean, com.acme.v2.Pet#name: string } }';

/** Values hold cats, of which no snapshot knows: Flink finds out what they are by their class. */
function withCats(snapshot: SerializerSnapshot): SerializerSnapshot {
  const nested = snapshot.nested.map(withCats);
  if (!('pojoClass' in snapshot)) return { ...snapshot, nested };
  const pojo = snapshot as PojoSnapshot;
  let next = 0;
  const fields = pojo.fields.map((field) => ({ ...field, value: nested[next++]! }));
  const subclasses = [...pojo.registeredSubclasses, ...pojo.otherSubclasses];
  const isPet =
    pojo.pojoClass === 'com.acme.v2.Pet' && !subclasses.some(({ name }) => name === 'com.acme.v2.Cat');
  const cat = isPet ? (type(CAT) as PojoSnapshot).otherSubclasses : [];
  return { ...pojo, fields, otherSubclasses: [...pojo.otherSubclasses, ...cat] } as PojoSnapshot;
}

interface Line {
  readonly operatorId: string;
  readonly kind: string;
  readonly state: string;
  readonly subtask?: number | null;
  readonly key: unknown;
  readonly namespace: unknown;
  readonly value: unknown;
}

/** Several cases may be of one job, whose lines are in the folder of that name. */
async function expected(name: string): Promise<Map<string, unknown>> {
  const cases = JSON.parse(await readFile('fixtures/migrate/cases.json', 'utf8')) as {
    name: string;
    job?: string;
  }[];
  const job = cases.find((one) => one.name === name)?.job ?? name;
  const text = await readFile(`fixtures/migrate/${job}/expect.entries.ndjson`, 'utf8');
  const entries = new Map<string, unknown>();
  for (const line of text.trim().split('\n')) {
    const { operatorId, kind, state, key, value } = JSON.parse(line) as Line;
    if (kind === 'timer') continue;
    const at = `${operatorId}/${state} ${kind} ${JSON.stringify(key)}`;
    const list = kind.startsWith('operator') || kind.startsWith('union');
    const before = entries.get(at) as unknown[] | undefined;
    entries.set(at, list && before !== undefined ? [...before, ...(value as unknown[])] : value);
  }
  return entries;
}

/** Elements of operator state are compared over all subtasks, sorted; broadcast state is the same in each. */
function normal(entries: ReadonlyMap<string, unknown>): Map<string, string> {
  const all = new Map<string, unknown[]>();
  for (const [at, value] of entries) {
    const [address = '', kind = ''] = at.split(' ');
    const plain = kind.startsWith('operator') || kind.startsWith('union');
    const key = plain ? `${address} ${kind}` : at;
    all.set(key, [...(all.get(key) ?? []), ...(plain ? (value as unknown[]) : [value])]);
  }
  const texts = ([key, values]: [string, unknown[]]) =>
    [key, JSON.stringify(values.map((value) => JSON.stringify(sorted(value))).sort())] as const;
  return new Map([...all].map(texts).sort());
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort()
      .map(([name, part]) => [name, sorted(part)]),
  );
}

for (const flink of ['1.20', '2.3']) {
  describe(`type changes of fixtures/migrate, Flink ${flink}`, () => {
    // 2.3 writes down the subclasses that 1.20 leaves out, so that only 1.20 has something to declare.
    for (const name of flink === '1.20' ? [...CASES, 'declare-subclass'] : CASES) {
      it(`${name} gives the values of the new job`, async () => {
        const plan = await readFile(`fixtures/migrate/${name}/plan.yaml`, 'utf8');
        const source = `fixtures/migrate/${name}/flink${flink}/source`;
        const { entries } = await convert(source, plan, flink, { uids: ['accounts'], readAs: withCats });
        const now = new Map<string, unknown>();
        for (const [at, value] of entries) {
          const match = /^(.*?)\/(\S+) (\S+) (.*) null (\d*)$/.exec(at);
          assert.ok(match, at);
          const [, operator = '', state, kind, key, subtask] = match;
          if (kind === 'timer') continue;
          const id = /^[0-9a-f]{32}$/.test(operator) ? operator : operatorIdOfUid(operator);
          now.set(`${id}/${state} ${kind} ${key}${subtask === '' ? '' : ` ${subtask}`}`, value);
        }
        const wanted = normal(await expected(name));
        assert.ok(wanted.size > 0);
        assert.deepEqual(normal(now), wanted);
      });
    }
  });
}
