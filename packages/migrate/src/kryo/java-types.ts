import type { KryoFieldType, PrimitiveName } from './layout.js';

/** Primitives and the letters by which names of array classes call them. */
const LETTERS: readonly (readonly [PrimitiveName, string])[] = [
  ['boolean', 'Z'],
  ['byte', 'B'],
  ['char', 'C'],
  ['short', 'S'],
  ['int', 'I'],
  ['long', 'J'],
  ['float', 'F'],
  ['double', 'D'],
];

const LETTER_OF: ReadonlyMap<string, string> = new Map(LETTERS);
const PRIMITIVE_OF: ReadonlyMap<string, PrimitiveName> = new Map(
  LETTERS.map(([name, letter]) => [letter, name]),
);

/** A primitive and the class of its objects. */
export const BOXES: readonly (readonly [PrimitiveName, string])[] = [
  ['boolean', 'java.lang.Boolean'],
  ['byte', 'java.lang.Byte'],
  ['char', 'java.lang.Character'],
  ['short', 'java.lang.Short'],
  ['int', 'java.lang.Integer'],
  ['long', 'java.lang.Long'],
  ['float', 'java.lang.Float'],
  ['double', 'java.lang.Double'],
];

/** `java.lang.Object`, which is also what a type variable without a bound is erased to. */
export const OBJECT = 'java.lang.Object';
/** `java.lang.String`. */
export const STRING = 'java.lang.String';

/** Whether a name is that of a primitive. */
export function isPrimitive(name: string): name is PrimitiveName {
  return LETTER_OF.has(name);
}

/** The primitive that a letter of an array's or field's descriptor stands for: `I` is int. */
export function primitiveOfLetter(letter: string): PrimitiveName | undefined {
  return PRIMITIVE_OF.get(letter);
}

/** `Class#getName` of an array whose elements are of the class: `[I`, `[[I`, `[Ljava.lang.String;`. */
export function arrayOf(element: string): string {
  if (element.startsWith('[')) return `[${element}`;
  const letter = LETTER_OF.get(element);
  return letter === undefined ? `[L${element};` : `[${letter}`;
}

/** The class of the elements of an array class; undefined when the name is none of an array's. */
export function elementOf(name: string): string | undefined {
  if (!name.startsWith('[')) return undefined;
  const element = name.slice(1);
  if (element.startsWith('[')) return element;
  if (element.startsWith('L') && element.endsWith(';')) return element.slice(1, -1);
  return PRIMITIVE_OF.get(element);
}

/** The class that a declared type is at run time: `Field#getType`. */
export function erasure(type: KryoFieldType): string {
  switch (type.kind) {
    case 'primitive':
    case 'class':
      return type.name;
    case 'array':
      return arrayOf(erasure(type.element));
    case 'variable':
      return type.bound;
    case 'wildcard':
      return type.bound === undefined ? OBJECT : erasure(type.bound);
  }
}

/** Whether Java's reflection gives a class for the type and nothing with type arguments or variables in it. */
export function isPlain(type: KryoFieldType): boolean {
  if (type.kind === 'array') return isPlain(type.element);
  return type.kind === 'primitive' || (type.kind === 'class' && type.arguments.length === 0);
}
