import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import type { JsonSchema } from './require-schema.js';

/** What ajv objects to in a value, all of it; a module of its own because loading ajv takes longer than most commands. */
export function schemaErrors(schema: JsonSchema, value: unknown): readonly ErrorObject[] {
  const ajv = new Ajv2020({
    allErrors: true,
    allowUnionTypes: true,
    verbose: true,
    // The schemas are our own and tests check them: without these three it takes a third of the time.
    meta: false,
    validateSchema: false,
    code: { optimize: false },
  });
  const validate = ajv.compile(schema);
  return validate(value) ? [] : (validate.errors ?? []);
}
