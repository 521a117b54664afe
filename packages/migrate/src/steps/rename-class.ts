import { changeTypes } from '../types/change-types.js';
import { renameRule } from '../types/rename-classes.js';
import { KEYS, options, text, WITHIN } from './options.js';
import type { StepRow } from './step.js';

/** A class, or all classes of a package, get another name. */
export const renameClass: StepRow = {
  verb: 'rename-class',
  purpose: 'give a class, or all classes of a package, the name that the job now has for it',
  category: 'rewriting',
  since: '0.1.0',
  options: options(
    {
      class: text('Java class (binary name) or full name of an Avro type; its nested classes go along'),
      package: text('in place of class: a package, with its sub-packages'),
      to: text('the new name of the class or package'),
      subclasses: {
        enum: ['any', 'known'],
        description:
          'any: POJOs of these classes are searched for subclasses that no snapshot knows, whose names stand in values. known: there are none, so that values keep their bytes. Default: any',
      },
      superclass: text('POJO class that is not renamed, to be searched for such subclasses, too'),
      within: WITHIN,
      keys: KEYS,
    },
    ['to'],
  ),
  example: 'rename-class: { class: com.acme.v1.Account, to: com.acme.v2.Account }',
  apply(job, context) {
    const { step } = context;
    const { class: from, package: folder, to } = step.options;
    if ((from === undefined) === (folder === undefined)) {
      throw step.error([], '"class" or "package" is needed, and not both');
    }
    const option = from === undefined ? 'package' : 'class';
    const old = String(from ?? folder);
    const isClass = (name: string) =>
      from === undefined ? name.startsWith(`${old}.`) : name === old || name.startsWith(`${old}$`);
    const rename = (name: string) => (isClass(name) ? String(to) + name.slice(old.length) : name);
    if (old === to) return job;
    const { subclasses = 'any', superclass } = step.options;
    return changeTypes(job, context, {
      className: superclass === undefined ? old : `${superclass}`,
      isClass: (name) => isClass(name) || name === superclass,
      option,
      mark: '>',
      what: `${option} ${old} renamed to ${String(to)}`,
      rule: renameRule(
        rename,
        (pojo, isRenamed) => (isRenamed && subclasses === 'any') || pojo.pojoClass === superclass,
      ),
    });
  },
};
