import { statesOf } from '../../lint/facts.js';
import { atState } from '../../lint/found.js';
import { typeNodes } from '../../lint/type-nodes.js';
import type { LintRule } from './lint-rule.js';

/** A part of a state that Kryo writes. */
export const KRYO_FALLBACK: LintRule = {
  row: {
    id: 'kryo-fallback',
    purpose: 'a part of a state that Kryo writes because Flink has no serializer for its class',
    level: 'evolve',
    severity: 'warning',
    since: '0.1.0',
    docs: {
      what: 'Flink found no serializer of its own for this class (no POJO, no Avro record, no type that it knows) and took `KryoSerializer`. A `List` or `Map` field of a POJO ends there too before Flink 2.0, whatever is in it.',
      harm: 'A class that Kryo writes cannot change: there is no schema in the snapshot, Flink cannot migrate it, and a changed class is read wrongly or not at all. The bytes differ between Flink 1.x (Kryo 2) and 2.x (Kryo 5). It is also the slowest serializer.',
      remedy:
        'Make the class a POJO (public, with a public constructor without arguments and getters and setters), or give its type with `@TypeInfo`, `Types.LIST(…)`, `Types.MAP(…)` or Avro. Set `pipeline.generic-types: false` and the job says at its start where it would fall back. What the state holds already stays Kryo: the new type needs a state of its own, or a migration.',
    },
  },
  needs: 'schema',
  *find(facts) {
    for (const state of statesOf(facts)) {
      if (state.state.kind === 'timer') continue;
      for (const { path, type } of nodesOf(state.schema)) {
        if (type.type !== 'kryo') continue;
        const name = type.class ?? 'a class that the snapshot does not name';
        yield atState(state, {
          inside: path,
          reason: `Kryo writes ${name}: it cannot evolve, and its bytes differ between Flink 1.x and 2.x`,
          next: `give ${name} a type of its own: a POJO, Avro, or a TypeInformation`,
          facts: [type.class ?? ''],
        });
      }
    }
  },
};

/** The key is the operator's and has a rule of its own. */
function nodesOf({ namespace, value }: Parameters<typeof atState>[0]['schema']) {
  return [...(namespace === null ? [] : typeNodes(namespace, 'namespace')), ...typeNodes(value, 'value')];
}
