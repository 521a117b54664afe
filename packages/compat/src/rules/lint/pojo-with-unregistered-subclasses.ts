import type { PojoSnapshot, SerializerSnapshot } from '@statewright/serializers';
import { type StateFacts, statesOf } from '../../lint/facts.js';
import { atState } from '../../lint/found.js';
import type { Found } from '../make-finding.js';
import type { LintRule } from './lint-rule.js';

const POJO_SNAPSHOT = 'org.apache.flink.api.java.typeutils.runtime.PojoSerializerSnapshot';

/** A POJO of which subclasses are stored by name. */
export const POJO_WITH_UNREGISTERED_SUBCLASSES: LintRule = {
  row: {
    id: 'pojo-with-unregistered-subclasses',
    purpose: 'a POJO of which the state holds subclasses that are not registered',
    level: 'evolve',
    severity: 'warning',
    since: '0.1.0',
    docs: {
      what: 'A field or state is declared as a POJO class, and values of its subclasses were written. They are not registered, so `PojoSerializer` writes the full class name before each such value. Some snapshots list them; in others the values alone show it.',
      harm: 'The class name is in every value: a subclass that is renamed, moved or deleted makes its values unreadable, and no field of it can change in a way that the declared type tells. Every value is longer by the name.',
      remedy:
        'Register the subclasses (`pipeline.serialization-config` with type `pojo`, `registerPojoType` before 2.0), or store one class with a field that tells the kind. Do not move or delete the subclasses as long as the state lives.',
    },
  },
  needs: 'schema',
  *find(facts) {
    for (const state of statesOf(facts)) {
      const pojos = pojosOf(state.state.valueSerializer);
      const known = pojos.filter(({ otherSubclasses }) => otherSubclasses.length > 0);
      for (const { pojoClass, otherSubclasses } of known) {
        const names = otherSubclasses.map(({ name }) => name).sort();
        yield subclassFinding(state, pojoClass, names.join(', '), names);
      }
      if (known.length === 0 && pojos.length > 0 && hasForeignValues(state)) {
        yield subclassFinding(state, pojos[0]!.pojoClass, 'classes that the snapshot does not describe', []);
      }
    }
  },
};

function subclassFinding(
  state: StateFacts,
  pojo: string,
  subclasses: string,
  facts: readonly string[],
): Found {
  return atState(state, {
    inside: `value > ${pojo}`,
    reason: `${pojo} is stored with unregistered subclasses: ${subclasses}`,
    next: 'register them, and keep their names as long as the state lives',
    facts,
  });
}

/** Values that nothing describes although every part of the type is described: they are of subclasses. */
function hasForeignValues({ stats }: StateFacts): boolean {
  return stats !== undefined && stats.opaque.parts.length === 0 && (stats.opaque.bytes ?? 0) > 0;
}

/** Each POJO class once: it may be in many places of one type. */
function pojosOf(snapshot: SerializerSnapshot): PojoSnapshot[] {
  const found = new Map<string, PojoSnapshot>();
  visit(snapshot);
  return [...found.values()];

  function visit(each: SerializerSnapshot): void {
    if (each.className === POJO_SNAPSHOT) {
      const pojo = each as PojoSnapshot;
      if (!found.has(pojo.pojoClass)) found.set(pojo.pojoClass, pojo);
    }
    for (const child of each.nested) visit(child);
  }
}
