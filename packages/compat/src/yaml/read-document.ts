import { readYaml, type YamlText } from './read-yaml.js';
import { type JsonSchema, requireSchema } from './require-schema.js';

/**
 * Reads a YAML text that people write and compares it with its JSON Schema. BAD_DOCUMENT with line and column at the first
 * thing that is wrong, with the closest word that would be right.
 */
export async function readDocument(file: string, text: string, schema: JsonSchema): Promise<YamlText> {
  const yaml = readYaml(file, text);
  await requireSchema(yaml, schema);
  return yaml;
}
