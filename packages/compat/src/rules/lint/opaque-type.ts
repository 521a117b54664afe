import { statesOf } from '../../lint/facts.js';
import { atState } from '../../lint/found.js';
import type { LintRule } from './lint-rule.js';

/** A part of a state whose serializer nobody outside the job knows. */
export const OPAQUE_TYPE: LintRule = {
  row: {
    id: 'opaque-type',
    purpose: 'a part of a state that only a serializer of your own can read',
    level: 'evolve',
    severity: 'note',
    since: '0.1.0',
    docs: {
      what: "The snapshot names a serializer that is not Flink's, or one that writes Java objects. Its bytes have no described structure.",
      harm: 'Only the class itself can read the state, in a version that still understands the bytes. Flink asks that class whether the state can be restored, and nobody can check the answer without running it.',
      remedy:
        'Keep the class and its snapshot class in the job as long as the state lives. Give this toolkit its format with `--snapshot MODULE`, or move the state to a type that Flink describes.',
    },
  },
  needs: 'schema',
  *find(facts) {
    for (const state of statesOf(facts)) {
      for (const { path, class: name, serializer, why } of state.schema.opaque) {
        if (serializer === 'KryoSerializer' || path === 'key' || path.startsWith('key >')) continue;
        yield atState(state, {
          inside: path,
          reason: `its bytes cannot be told apart: ${why}`,
          next: 'keep the serializer in the job, or move the state to a type that Flink describes',
          facts: [name ?? '', serializer],
        });
      }
    }
  },
};
