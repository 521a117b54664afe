import { StatewrightError } from '@statewright/bytes';
import type { AvroSnapshot, AvroType } from '@statewright/serializers';
import type { StepContext } from '../steps/step.js';
import { avroSnapshotOf, eachAvroType } from './avro-schema.js';

/** Class of the values of a state with generic records. */
export const GENERIC_RECORD = 'org.apache.avro.generic.GenericRecord';

/** The schema that an option holds as JSON, or the name of a file that has it: `./profile.avsc`. */
export async function schemaOption(context: StepContext, option: string): Promise<AvroSnapshot> {
  const { step, readFile } = context;
  const given = step.options[option];
  const text = typeof given === 'string' ? given.trim() : JSON.stringify(given);
  const isFile = typeof given === 'string' && !/^[{["]/.test(text);
  const json = isFile
    ? new TextDecoder()
        .decode(await readFile(text))
        .replace(/^\ufeff/, '')
        .trim()
    : text;
  try {
    const span = { file: step.placeOf([option]).file, start: 0, end: 0 };
    return avroSnapshotOf(compact(json), GENERIC_RECORD, span);
  } catch (cause) {
    if (!(cause instanceof StatewrightError)) throw cause;
    throw step.error([option], `${isFile ? `${text}: ` : ''}${cause.reason}`, cause.next);
  }
}

/** One line, as Java's `Schema#toString` writes a schema; what is no plain JSON stays for the parser to say so. */
function compact(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json));
  } catch {
    return json;
  }
}

/**
 * The Java class of a schema's values where the plan names none: that of its name if its compiler has generated it (only
 * that writes `avro.java.string`), else generic records.
 */
export function runtimeClassOf(schema: AvroType): string {
  let generated = false;
  eachAvroType(schema, ({ props }) => {
    generated ||= props.has('avro.java.string');
  });
  return generated && 'name' in schema ? schema.name : GENERIC_RECORD;
}
