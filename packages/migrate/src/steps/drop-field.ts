import { changeTypes } from '../types/change-types.js';
import { isKryo, kryoGeneration, withKryoReader } from '../types/kryo-format.js';
import { fieldOptions, fieldRule, withoutField } from '../types/pojo-fields.js';
import { CLASS, FIELD, options, WITHIN } from './options.js';
import type { StepRow } from './step.js';

/** A field of a POJO is left out. */
export const dropField: StepRow = {
  verb: 'drop-field',
  purpose: 'leave out a field that the class no longer has',
  category: 'lossy',
  since: '0.1.0',
  options: options({ class: CLASS, field: FIELD, within: WITHIN }, ['class', 'field']),
  example: 'drop-field: { class: com.acme.Account, field: balance }',
  apply(job, context) {
    const name = fieldOptions(context);
    // What Kryo wrote has no end that others know: collections of plain values are read to find it.
    const layouts = { get: () => undefined };
    let isKryos = false;
    return changeTypes(job, context, {
      className: name.className,
      isClass: (one) => one === name.className,
      option: 'class',
      mark: '-',
      what: `field ${name.field} of ${name.className} dropped`,
      loses: 'its values',
      merges: true,
      rule: fieldRule(context, name, (pojo, position, old) => {
        isKryos ||= isKryo(old.value);
        return withoutField(pojo, position);
      }),
      formats(earlier) {
        if (!isKryos) return earlier;
        isKryos = false;
        const generation = kryoGeneration(job.savepoint, context);
        return withKryoReader(earlier, name, { generation, layouts });
      },
    });
  },
};
