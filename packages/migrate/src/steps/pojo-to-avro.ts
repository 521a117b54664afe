import { runtimeClassOf, schemaOption } from '../types/avro-option.js';
import { changeTypes } from '../types/change-types.js';
import { avroFit } from '../types/fit/avro.js';
import { Misfit, partName } from '../types/fit/misfit.js';
import { isPojo } from '../types/pojo.js';
import { cannotConvert, rewritten } from '../types/type-change.js';
import { CLASS, options, text, WITHIN } from './options.js';
import type { StepRow } from './step.js';

/** A POJO becomes an Avro record. */
export const pojoToAvro: StepRow = {
  verb: 'pojo-to-avro',
  purpose: 'turn a POJO into an Avro record, field by field',
  category: 'rewriting',
  since: '0.1.0',
  options: options(
    {
      class: CLASS,
      schema: {
        description: 'the Avro schema: JSON, or the name of a file such as ./profile.avsc',
        anyOf: [{ type: 'string', minLength: 1 }, { type: 'object' }],
      },
      record: text(
        'Java class of the new values; default: the generated class where the schema has avro.java.string, else GenericRecord',
      ),
      within: WITHIN,
    },
    ['class', 'schema'],
  ),
  example: 'pojo-to-avro: { class: com.acme.Profile, schema: ./profile.avsc }',
  async apply(job, context) {
    const { step } = context;
    const className = String(step.options.class);
    const parsed = await schemaOption(context, 'schema');
    const { schema } = parsed;
    if (schema.kind !== 'record')
      throw step.error(['schema'], 'the schema of a POJO must be that of a record');
    const runtimeType =
      step.options.record === undefined ? runtimeClassOf(schema) : String(step.options.record);
    const to = { ...parsed, runtimeType };
    const names = new Set(schema.fields.map(({ name }) => name));
    return changeTypes(job, context, {
      className,
      isClass: (one) => one === className,
      option: 'class',
      mark: '~',
      what: `${className} becomes the Avro record ${schema.name}`,
      rule(node) {
        if (!isPojo(node) || node.pojoClass !== className) return undefined;
        const more = node.fields.filter(({ name }) => !names.has(name)).map(({ name }) => name);
        if (more.length > 0) {
          const reason = `the schema has no field for ${more.join(', ')} of ${className}`;
          throw step.error(['schema'], reason, 'drop them first, by a step "drop-field"');
        }
        return rewritten(to, () => {
          const fit = avroFit(schema);
          return (value) => {
            const made = fit(value);
            if (!(made instanceof Misfit)) return made;
            throw cannotConvert(
              partName(className, made.path),
              made.path.length === 0 ? value : made.part,
              made.why,
            );
          };
        });
      },
    });
  },
};
