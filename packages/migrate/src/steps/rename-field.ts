import { changeTypes } from '../types/change-types.js';
import { expectNewName, fieldOf, fieldOptions, fieldRule, withField } from '../types/pojo-fields.js';
import { CLASS, FIELD, KEYS, options, text, WITHIN } from './options.js';
import type { StepRow } from './step.js';

/** A field of a POJO gets another name. */
export const renameField: StepRow = {
  verb: 'rename-field',
  purpose: 'give a field of a POJO the name that the class now has for it',
  category: 'rewriting',
  since: '0.1.0',
  options: options({ class: CLASS, field: FIELD, to: text('the new name'), within: WITHIN, keys: KEYS }, [
    'class',
    'field',
    'to',
  ]),
  example: 'rename-field: { class: com.acme.Account, field: displayName, to: fullName }',
  apply(job, context) {
    const name = fieldOptions(context);
    const to = String(context.step.options.to);
    if (to === name.field) return job;
    return changeTypes(job, context, {
      className: name.className,
      isClass: (one) => one === name.className,
      option: 'class',
      mark: '>',
      what: `field ${name.field} of ${name.className} renamed to ${to}`,
      rule: fieldRule(context, name, (pojo, position, old) => {
        expectNewName(context, pojo, to, 'to');
        const field = fieldOf(name.className, to, old.value!);
        return withField(pojo, position, { field, from: position });
      }),
    });
  },
};
