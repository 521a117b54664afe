import type { AvroSnapshot, AvroType } from '@statewright/serializers';
import { schemaOption } from '../types/avro-option.js';
import { avroNames, isAvro } from '../types/avro-schema.js';
import { changeTypes } from '../types/change-types.js';
import { type AvroResolution, resolveAvroValues } from '../types/fit/avro-resolve.js';
import { Misfit, partName } from '../types/fit/misfit.js';
import { cannotConvert, renamed, rewritten, type TypeChange } from '../types/type-change.js';
import { CLASS, options, WITHIN } from './options.js';
import type { StepContext, StepRow } from './step.js';

/** An Avro schema becomes another one. */
export const avroEvolve: StepRow = {
  verb: 'avro-evolve',
  purpose: 'give Avro values a new schema, by the rules of schema resolution',
  category: 'lossy',
  since: '0.1.0',
  options: options(
    {
      class: {
        ...CLASS,
        description: 'full name of the Avro record (or enum, or fixed type) whose schema it is',
      },
      schema: {
        description: 'the new schema: JSON, or the name of a file such as ./order.avsc',
        anyOf: [{ type: 'string', minLength: 1 }, { type: 'object' }],
      },
      within: WITHIN,
    },
    ['class', 'schema'],
  ),
  example: 'avro-evolve: { class: com.acme.Order, schema: ./order-v2.avsc }',
  async apply(job, context) {
    const { step } = context;
    const className = String(step.options.class);
    const now = await schemaOption(context, 'schema');
    const dropped = new Set<string>();
    const rule = (node: Parameters<typeof isAvro>[0]): TypeChange | undefined => {
      if (!isAvro(node)) return undefined;
      if (nameOf(node.schema) !== className) {
        if (!avroNames(node).includes(className)) return undefined;
        const reason = `${className} stands inside the schema of ${nameOf(node.schema)}`;
        throw step.error(['class'], reason, 'evolve that schema');
      }
      const resolution = resolveAvroValues(node.schema, now.schema);
      for (const field of resolution.dropped) dropped.add(field);
      return evolved(node, now, resolution, context);
    };
    // What is dropped is known when the types have been compared.
    changeTypes(job, { ...context, change: () => {} }, { ...described(className), rule });
    const loses = dropped.size === 0 ? undefined : `the values of ${[...dropped].join(', ')}`;
    const merges = dropped.size > 0;
    return changeTypes(job, context, { ...described(className), rule, loses, merges });
  },
};

function described(className: string) {
  return {
    className,
    isClass: (one: string) => one === className,
    option: 'class',
    mark: '~' as const,
    isDone: () => true,
    what: `${className} gets another schema`,
  };
}

function nameOf(schema: AvroType): string | undefined {
  return 'name' in schema ? schema.name : undefined;
}

function evolved(
  node: AvroSnapshot,
  now: AvroSnapshot,
  { fit, problems }: AvroResolution,
  { step }: StepContext,
): TypeChange {
  const [problem, ...others] = problems;
  if (problem !== undefined) {
    const more = others.length === 0 ? '' : `, and ${others.length} more`;
    throw step.error(['schema'], `Avro cannot resolve the schemas: ${problem}${more}`);
  }
  const [old, name] = [nameOf(node.schema), nameOf(now.schema)];
  // A generated class is called as its schema; a generic record's class stays.
  const runtimeType = node.runtimeType === old && name !== undefined ? name : node.runtimeType;
  const snapshot = { ...now, runtimeType: runtimeType ?? now.runtimeType };
  if (snapshot.schemaText === node.schemaText) return renamed(node);
  return rewritten(snapshot, () => (value) => {
    const made = fit(value);
    if (!(made instanceof Misfit)) return made;
    throw cannotConvert(
      partName(`a value of ${old}`, made.path),
      made.path.length === 0 ? value : made.part,
      made.why,
    );
  });
}
