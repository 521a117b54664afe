import type { TypeDescription } from '@statewright/serializers';
import { isKeyed } from '../../lint/facts.js';
import { atOperator } from '../../lint/found.js';
import { typeNodes } from '../../lint/type-nodes.js';
import type { LintRule } from './lint-rule.js';

/** Types with a schema of their own: a change of it would be a migration, which keys do not have. */
const EVOLVING: { readonly [type: string]: string } = {
  kryo: 'Kryo writes it',
  pojo: 'a POJO is in it',
  avro: 'an Avro record is in it',
  'case-class': 'a case class is in it',
};

/** A key type that changes sooner or later, in a place where Flink accepts no change. */
export const KEY_NOT_EVOLVABLE: LintRule = {
  row: {
    id: 'key-not-evolvable',
    purpose: 'a key whose type has fields or a Kryo class, which Flink cannot migrate',
    level: 'evolve',
    severity: 'warning',
    since: '0.1.0',
    docs: {
      what: 'The stream is keyed by a POJO, an Avro record, a case class or something that Kryo writes. Flink migrates values when their type changes, but never keys: the bytes of the key decide in which key group and under which RocksDB key the state lies.',
      harm: 'The first field that is added, removed or retyped makes every restore end with `The new key serializer must be compatible`. The state of all keys of the operator is then out of reach.',
      remedy:
        'Key by a type without fields of its own: a `String`, a `Long`, or a `Tuple` of such. If the key must stay, write down that its class is frozen and ignore this finding with that reason.',
    },
  },
  needs: 'schema',
  *find({ operators }) {
    for (const operator of operators) {
      const key = operator.states.find(({ state, schema }) => isKeyed(state) && schema.key !== null)?.schema
        .key;
      const found = key === null || key === undefined ? undefined : evolvingPart(key);
      if (found === undefined) continue;
      const name = found.type.class ?? found.type.type;
      yield atOperator(operator, {
        inside: found.path,
        reason: `the key cannot change any more: ${EVOLVING[found.type.type]} (${name}), and Flink does not migrate keys`,
        next: 'key by a String, a Long or a Tuple of such, or freeze the class and ignore this with that reason',
        facts: [name],
      });
    }
  },
};

function evolvingPart(key: TypeDescription) {
  return typeNodes(key, 'key').find(({ type }) => Object.hasOwn(EVOLVING, type.type));
}
