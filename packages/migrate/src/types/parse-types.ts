import { parseType, type TypeContext } from '@statewright/compat';
import type { PojoSnapshot, SerializerSnapshot } from '@statewright/serializers';
import type { StepContext } from '../steps/step.js';
import { sortedPojos } from './sorted-pojos.js';

/** Files that a type names: `avro ./profile.avsc`. */
const FILE = /(?<=\s)\.{1,2}\/[^\s<>{}(),?"]+/g;

/** The type that a step's option holds, in the contract's syntax: just the serializers that it says, POJOs' fields by name. */
export function typeOption(context: StepContext, option: string): Promise<SerializerSnapshot> {
  return parse(context, option, (text) => text);
}

/** The type of a POJO's field. */
export interface FieldType {
  readonly value: SerializerSnapshot;
  /** Whether the plan says `?` behind the type: a Java type that may be null. */
  readonly nullable: boolean;
}

/** As `typeOption`, for a field of a POJO: there a `?` says that the Java type may be null (`int?` is an Integer). */
export async function fieldTypeOption(context: StepContext, option: string): Promise<FieldType> {
  const text = String(context.step.options[option]);
  const pojo = (await parse(context, option, (type) => `pojo p { f: ${type} }`)) as PojoSnapshot;
  const [field] = pojo.fields;
  return { value: field!.value!, nullable: text.trimEnd().endsWith('?') };
}

async function parse(
  context: StepContext,
  option: string,
  wrap: (text: string) => string,
): Promise<SerializerSnapshot> {
  const { step, readFile } = context;
  const text = String(step.options[option]);
  const files = new Map<string, string>();
  for (const [name] of text.matchAll(FILE)) files.set(name, new TextDecoder().decode(await readFile(name)));
  const type: TypeContext = {
    error: (_, reason, next) => step.error([option], reason, next),
    file: step.placeOf([option]).file,
    named: () => undefined,
    names: [],
    readFile: (name) => files.get(name) ?? '',
  };
  return sortedPojos(parseType(wrap(text), type));
}
