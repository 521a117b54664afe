import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PlannedJob, PlannedState } from '@statewright/migrate';
import { hasTtl } from '@statewright/savepoint';
import type { SerializerSnapshot } from '@statewright/serializers';
import { contents, openFixture, write } from './write-run.js';

/*
 * States of API v2 with TTL. No backend of Flink 2.3 that writes canonical savepoints registers its states so, but
 * `StateMetaInfoSnapshot` can hold them: the descriptors of `org.apache.flink.runtime.state.v2.ttl.TtlStateFactory` have a
 * `TtlSerializer` of v2 around a value, an element or a map's value, and the map's key beside it. Entries are those of a
 * savepoint of Flink's.
 */

const V1 = 'org.apache.flink.runtime.state.ttl.TtlStateFactory$TtlSerializerSnapshot';
const V2 = 'org.apache.flink.runtime.state.v2.ttl.TtlStateFactory$TtlSerializerSnapshot';
const AWARE = 'org.apache.flink.runtime.state.ttl.TtlAwareSerializerSnapshot';

/** A state with TTL as the other API would have registered it. */
function asV2(state: PlannedState): PlannedState {
  if (!hasTtl(state)) return state;
  const bare = (node: SerializerSnapshot): SerializerSnapshot =>
    node.className === AWARE ? node.nested[0]! : node;
  const outer = bare(state.valueSerializer);
  const position = { list: 0, map: 1 }[state.kind as string];
  const carrier = bare(position === undefined ? outer : outer.nested[position]!);
  assert.equal(carrier.className, V1);
  return {
    ...state,
    stateV2: true,
    valueSerializer: { ...carrier, className: V2 },
    userKeySerializer: state.kind === 'map' ? outer.nested[0] : undefined,
  };
}

function allAsV2(job: PlannedJob): PlannedJob {
  const operators = job.operators.map((operator) => ({ ...operator, states: operator.states.map(asV2) }));
  return { ...job, operators };
}

describe('state of API v2 with TTL', () => {
  for (const name of ['zoo-kinds-flink1.20-rocksdb-savepoint', 'zoo-kinds-flink2.3-hashmap-savepoint']) {
    test(`${name}: has TTL, and its values and times are those of the entries`, async () => {
      const source = await openFixture(name);
      const { savepoint } = await write(source, { tweak: allAsV2 });
      const withTtl = (one: typeof source) =>
        one.operators.flatMap(({ states }) => states.filter(({ ttl }) => ttl));
      const kinds = withTtl(source).map(({ kind }) => kind);
      assert.deepEqual(new Set(kinds), new Set(['value', 'list', 'map', 'reducing', 'aggregating']));
      assert.deepEqual(
        withTtl(savepoint).map(({ kind }) => kind),
        kinds,
      );
      assert.ok(
        withTtl(savepoint).every(({ parts }) =>
          parts.every(({ stream, stateId }) => stream.states[stateId]!.stateV2),
        ),
      );
      assert.deepEqual(await contents(savepoint), await contents(source));
    });
  }
});
