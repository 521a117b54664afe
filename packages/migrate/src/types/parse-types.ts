import { parseType, type TypeContext } from '@statewright/compat';
import type { PojoSnapshot, SerializerSnapshot } from '@statewright/serializers';
import type { StepContext } from '../steps/step.js';
import { changeType } from './change-type.js';
import { isPojo, pojoWith } from './pojo.js';
import { renamed } from './type-change.js';

/** Files that a type names: `avro ./profile.avsc`. */
const FILE = /(?<=\s)\.{1,2}\/[^\s<>{}(),?"]+/g;

/** A type that a step's option holds, in the contract's syntax: what a job of the target release writes for it. */
export async function typeOption(context: StepContext, option: string): Promise<SerializerSnapshot> {
  return ofRelease(await parse(context, option, (text) => text), context);
}

/** The type of a POJO's field. */
export interface FieldType {
  readonly value: SerializerSnapshot;
  /** Whether the plan says `?` behind the type: a Java type that may be null. */
  readonly nullable: boolean;
}

/**
 * As `typeOption`, for a field of a POJO: there a `?` says that the Java type may be null (`int?` is an Integer), and a
 * list, map or set is what reflection makes of such a field in the target release.
 */
export async function fieldTypeOption(context: StepContext, option: string): Promise<FieldType> {
  const text = String(context.step.options[option]);
  const pojo = (await parse(context, option, (type) => `pojo p { f: ${type} }`)) as PojoSnapshot;
  const [field] = (ofRelease(pojo, context) as PojoSnapshot).fields;
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
  return parseType(wrap(text), type);
}

const BASE = 'org.apache.flink.api.common.typeutils.base.';
const LIST = `${BASE}ListSerializerSnapshot`;
const MAP = `${BASE}MapSerializerSnapshot`;
const SET = `${BASE}SetSerializerSnapshot`;
const NULLABLE = 'org.apache.flink.api.java.typeutils.runtime.NullableSerializer$NullableSerializerSnapshot';
const COLLECTIONS: ReadonlySet<string> = new Set([LIST, MAP, SET]);

/** The type with its POJOs' fields as reflection makes them in the release that will restore it. */
function ofRelease(snapshot: SerializerSnapshot, { flinkVersion }: StepContext): SerializerSnapshot {
  if (flinkVersion.startsWith('1.')) return snapshot;
  const { snapshot: now } = changeType(snapshot, (node) => {
    if (!isPojo(node)) return undefined;
    const fields = node.fields.map((field) => ({
      ...field,
      value: field.value === undefined ? undefined : reflected(field.value),
    }));
    return fields.every(({ value }, i) => value === node.fields[i]!.value)
      ? undefined
      : renamed(pojoWith(node, { fields }));
  });
  return now;
}

/**
 * A list, map or set as a field of a POJO: null is allowed for it, for a list's elements and for a map's keys. Of nested
 * ones reflection makes none of this. Follows `TypeExtractor`, `NullableListTypeInfo`, `NullableMapTypeInfo` and
 * `NullableSetTypeInfo`, Flink 2.3.
 */
function reflected(snapshot: SerializerSnapshot): SerializerSnapshot {
  const { className, nested } = snapshot;
  if (!COLLECTIONS.has(className) || nested.some((inner) => COLLECTIONS.has(inner.className)))
    return snapshot;
  const [first, ...rest] = nested;
  const inner = className === SET ? nested : [nullable(first!), ...rest];
  return nullable({ ...snapshot, nested: inner });
}

/** Follows `NullableSerializer#wrap`, which wraps no other of its kind, without padding. */
function nullable(inner: SerializerSnapshot): SerializerSnapshot {
  if (inner.className === NULLABLE) return inner;
  const frame = { className: NULLABLE, version: 3, outerVersion: 2, outer: 0 };
  return { ...frame, nested: [inner], span: inner.span } as SerializerSnapshot;
}
