import { printType } from '@statewright/compat';
import { changeTypes } from '../types/change-types.js';
import { hasPojo, subclassOf, withSubclass, withSubclassReader } from '../types/known-subclasses.js';
import { typeOption } from '../types/parse-types.js';
import { isPojo } from '../types/pojo.js';
import { renamed } from '../types/type-change.js';
import { CLASS, options, TYPE, WITHIN } from './options.js';
import type { StepRow } from './step.js';

/** A POJO's subclass that no snapshot describes is described by the plan. */
export const declareSubclass: StepRow = {
  verb: 'declare-subclass',
  purpose: 'say what a subclass of a POJO is that values are of and no snapshot describes',
  category: 'metadata',
  since: '0.1.0',
  options: options(
    {
      class: { ...CLASS, description: 'POJO class that Flink was given' },
      subclass: {
        ...TYPE,
        description:
          'the subclass, for example pojo com.acme.Cat { indoor: boolean, com.acme.Pet#name: string }: its fields, each with the class that declares it if that is another',
      },
      within: WITHIN,
    },
    ['class', 'subclass'],
  ),
  example:
    'declare-subclass: { class: com.acme.Pet, subclass: "pojo com.acme.Cat { indoor: boolean, com.acme.Pet#name: string }" }',
  async apply(job, context) {
    const { step } = context;
    const className = String(step.options.class);
    const type = await typeOption(context, 'subclass');
    if (!isPojo(type)) throw step.error(['subclass'], 'a subclass is written as pojo CLASS { fields }');
    const name = type.pojoClass;
    return changeTypes(job, context, {
      className,
      isClass: (one) => one === className,
      option: 'class',
      mark: '+',
      what: `subclass ${name} of ${className} declared`,
      rule(node) {
        if (!isPojo(node) || node.pojoClass !== className) return undefined;
        const known = subclassOf(node, name);
        if (known === undefined) return renamed(withSubclass(node, name, type));
        if (printType(known) === printType(type)) return undefined;
        throw step.error(['subclass'], `the snapshot knows ${name} already, as ${printType(known)}`);
      },
      // The snapshots of some subtasks may know it, and those of others not.
      isDone: () => true,
      readsAll: true,
      formats: (earlier) => withSubclassReader(earlier, className, name, type),
      reads: (from) => hasPojo(from, className),
    });
  },
};
