import type { JsonSchema } from '@statewright/compat';
import type { StepRow } from '../steps/step.js';

/** The JSON Schema (2020-12) of plans made of these steps. */
export function planSchema(rows: readonly StepRow[]): JsonSchema {
  const properties = Object.fromEntries(
    rows.map((row) => [row.verb, { ...row.options, description: row.purpose }]),
  );
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Statewright migration plan',
    type: 'object',
    properties: {
      version: { const: 1, description: 'version of this form: 1' },
      steps: {
        type: 'array',
        description: 'what is done, in this order',
        items: {
          type: 'object',
          properties,
          minProperties: 1,
          maxProperties: 1,
          additionalProperties: false,
          description: 'one step: its verb, then its options',
        },
      },
    },
    required: ['version', 'steps'],
    additionalProperties: false,
  };
}
