import type { SerializerSnapshot } from '@statewright/serializers';
import { isTypeKeyword } from './type-syntax/parse-type.js';
import { type PrintOptions, printType } from './type-syntax/print-type.js';

/** Types that get a name when they stand in several places, by what their text begins with, and the class in it. */
const NAMEABLE = /^(?:pojo|enum|scala-enum|avro|kryo|case-class) ([\p{L}\p{Nl}\p{N}\p{Sc}\p{Pc}.]+)/u;
/** A text shorter than this, or of nothing but a class, says itself as well as a name would. */
const MIN_LENGTH = 40;

/** A type that stands in several places, under the name that it goes by. */
export interface SharedType {
  readonly name: string;
  readonly snapshot: SerializerSnapshot;
}

/** The types that several places have in common, in the order of their names, and how the printer finds their names. */
export interface SharedTypes {
  readonly types: readonly SharedType[];
  readonly options: PrintOptions;
}

/** Finds the named types that stand in more than one place of `roots`: a type inside one that is shared counts once. */
export function sharedTypes(
  roots: readonly SerializerSnapshot[],
  base: Pick<PrintOptions, 'formats' | 'kryo'>,
): SharedTypes {
  const texts = new Map<SerializerSnapshot, string>();
  const found = new Map<string, { snapshot: SerializerSnapshot; count: number }>();
  const textOf = (snapshot: SerializerSnapshot): string => {
    const text = texts.get(snapshot) ?? printType(snapshot, base);
    texts.set(snapshot, text);
    return text;
  };
  /** Looks at a type on the way down; one that was met before is not looked into again. */
  const meet = (snapshot: SerializerSnapshot): string | undefined => {
    const text = textOf(snapshot);
    if (text.length < MIN_LENGTH || !NAMEABLE.test(text) || !/[{(<]/.test(text)) return undefined;
    const known = found.get(text);
    if (known === undefined) {
      found.set(text, { snapshot, count: 1 });
      return undefined;
    }
    known.count++;
    return 'known';
  };
  for (const root of roots) printType(root, { ...base, reference: meet });
  const shared = [...found].filter(([, { count }]) => count > 1);
  const names = namesFor(shared.map(([text]) => text).sort());
  const types = shared.map(([text, { snapshot }]) => ({ name: names.get(text)!, snapshot }));
  return {
    types: types.sort((a, b) => (a.name < b.name ? -1 : 1)),
    options: { ...base, reference: (snapshot) => names.get(textOf(snapshot)) },
  };
}

/** The simple name of each text's class, with a number where another has that name. */
function namesFor(texts: readonly string[]): Map<string, string> {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const text of texts) {
    const className = recordName(text) ?? NAMEABLE.exec(text)?.[1] ?? '';
    const simple =
      className.slice(Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1) || 'Type';
    let name = simple;
    for (let i = 2; taken.has(name) || isTypeKeyword(name); i++) name = `${simple}${i}`;
    taken.add(name);
    names.set(text, name);
  }
  return names;
}

/** The name of an Avro schema: several may have the class `GenericRecord`. */
function recordName(text: string): string | undefined {
  return text.startsWith('avro ') ? /"name": "([A-Za-z_][A-Za-z0-9_.]*)"/.exec(text)?.[1] : undefined;
}
