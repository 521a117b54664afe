import { OBJECT } from '../kryo/java-types.js';
import type { KryoFieldType } from '../kryo/layout.js';
import type { KryoGeneration } from '../kryo/object-graph.js';
import type { ClassFile, ClassFileField } from './class-file.js';
import type { ClassPool } from './class-pool.js';
import { parseClassSignature, parseFieldType, type TypeParameter } from './signature.js';

/** A class on the way from a class to java.lang.Object, as far as there are files. */
export interface Level {
  readonly file: ClassFile;
  readonly parameters: readonly TypeParameter[];
  /** Arguments for the parameters of the superclass; undefined where it is raw or has none. */
  readonly superArguments: readonly KryoFieldType[] | undefined;
}

/** A class and its superclasses that are in the files, itself first. */
export function levelsOf(file: ClassFile, pool: ClassPool): readonly Level[] {
  const levels: Level[] = [];
  const seen = new Set<string>();
  for (let at: ClassFile | undefined = file; at !== undefined && !seen.has(at.className); ) {
    seen.add(at.className);
    levels.push(levelOf(at));
    at = at.superName === undefined ? undefined : pool.get(at.superName);
  }
  return levels;
}

function levelOf(file: ClassFile): Level {
  if (file.signature === undefined) return { file, parameters: [], superArguments: undefined };
  const { parameters, superclass } = parseClassSignature(file.signature);
  const given =
    superclass.kind === 'class' && superclass.arguments.length > 0 ? superclass.arguments : undefined;
  return { file, parameters, superArguments: given };
}

/**
 * The type of a field of `levels[depth]` in an object of `levels[0]`. Kryo 2 looks variables up by their names and
 * nothing else; Kryo 5 replaces those that a subclass says (`GenericsUtil#resolveType`, Kryo 5.6).
 */
export function inheritedType(
  levels: readonly Level[],
  depth: number,
  { descriptor, signature }: ClassFileField,
  generation: KryoGeneration,
): KryoFieldType {
  const { parameters } = levels[depth]!;
  const bounds = (name: string): string => parameters.find((one) => one.name === name)?.bound ?? OBJECT;
  const type = parseFieldType(signature ?? descriptor, bounds);
  return generation === 2 || depth === 0 ? type : replaceVariables(levels, depth, type);
}

function replaceVariables(levels: readonly Level[], depth: number, type: KryoFieldType): KryoFieldType {
  const replace = (one: KryoFieldType): KryoFieldType => replaceVariables(levels, depth, one);
  switch (type.kind) {
    case 'variable':
      return resolveVariable(levels, depth, type);
    case 'class':
      return { ...type, arguments: type.arguments.map(replace) };
    case 'array':
      return { kind: 'array', element: replace(type.element) };
    case 'wildcard':
      return type.bound === undefined ? type : { kind: 'wildcard', bound: replace(type.bound) };
    default:
      return type;
  }
}

type Variable = Extract<KryoFieldType, { kind: 'variable' }>;

/** What the subclasses say for a variable, step by step down; a class loses its own arguments then. */
function resolveVariable(levels: readonly Level[], depth: number, variable: Variable): KryoFieldType {
  let name = variable.name;
  for (let at = depth; at > 0; at--) {
    const position = levels[at]!.parameters.findIndex((one) => one.name === name);
    const given = levels[at - 1]!.superArguments?.[position];
    if (given === undefined) return { ...variable, name: unbound(levels[at]!, name) };
    if (given.kind === 'class') return { ...given, arguments: [] };
    if (given.kind === 'array') return plainArray(given);
    if (given.kind !== 'variable') return { ...variable, name: unbound(levels[at]!, name) };
    name = given.name;
  }
  return { ...variable, name };
}

/** A name that no parameter of the class has: nothing ever says what it stands for. */
function unbound({ file }: Level, name: string): string {
  return `${file.className}#${name}`;
}

function plainArray(type: KryoFieldType): KryoFieldType {
  if (type.kind === 'array') return { kind: 'array', element: plainArray(type.element) };
  return type.kind === 'class' ? { ...type, arguments: [] } : type;
}
