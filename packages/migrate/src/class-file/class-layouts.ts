import { StatewrightError } from '@statewright/bytes';
import type { KryoClassLayout, KryoField, KryoLayouts } from '../kryo/layout.js';
import type { KryoGeneration } from '../kryo/object-graph.js';
import { ACCESS, type ClassFile, type ClassFileField } from './class-file.js';
import { type ClassPool, openClassFiles } from './class-pool.js';
import { inheritedType, type Level, levelsOf } from './hierarchy.js';

/** Classes whose subclasses have fields and nothing else that Kryo minds. */
const ROOTS: ReadonlySet<string> = new Set(['java.lang.Object', 'java.lang.Record']);

/** Interfaces whose classes Kryo does not write by fields. */
const COLLECTIONS: ReadonlySet<string> = new Set([
  'java.util.Collection',
  'java.util.List',
  'java.util.Set',
  'java.util.SortedSet',
  'java.util.NavigableSet',
  'java.util.Queue',
  'java.util.Deque',
  'java.util.Map',
  'java.util.SortedMap',
  'java.util.NavigableMap',
  'java.util.SequencedCollection',
  'java.util.SequencedSet',
  'java.util.SequencedMap',
  'java.util.concurrent.BlockingQueue',
  'java.util.concurrent.BlockingDeque',
  'java.util.concurrent.TransferQueue',
  'java.util.concurrent.ConcurrentMap',
  'java.util.concurrent.ConcurrentNavigableMap',
  'com.esotericsoftware.kryo.KryoSerializable',
]);

/** Kryo's own annotations change how a class or a field is written. */
const ANNOTATION = 'Lcom/esotericsoftware/kryo/';

/**
 * The layouts of the classes in class files and jars, each made when it is asked for. A class that Kryo does not write by
 * its fields, or of which a superclass or an interface is not there, has none; `why` says so. Names of fields that
 * a class has twice (its own and a superclass's) are such a reason, too.
 */
export function classLayouts(
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
  generation: KryoGeneration,
): KryoLayouts {
  const pool = openClassFiles(files);
  const made = new Map<string, KryoClassLayout | string | undefined>();
  const make = (name: string): KryoClassLayout | string | undefined => {
    if (!made.has(name)) made.set(name, layoutOf(name, pool, generation));
    return made.get(name);
  };
  return {
    get: (name) => {
      const found = make(name);
      return typeof found === 'string' ? undefined : found;
    },
    why: (name) => {
      const found = make(name);
      return typeof found === 'string' ? found : undefined;
    },
  };
}

/** The layout, or why there is none; undefined for a class that no file has. */
function layoutOf(
  name: string,
  pool: ClassPool,
  generation: KryoGeneration,
): KryoClassLayout | string | undefined {
  const file = pool.get(name);
  if (file === undefined) return undefined;
  const base = { className: name, final: (file.access & ACCESS.FINAL) !== 0, typeParameters: [] };
  if (file.superName === 'java.lang.Enum') {
    const constants = file.fields.filter(({ access }) => access & ACCESS.ENUM).map((field) => field.name);
    return { ...base, kind: 'enum', fields: [], constants };
  }
  if (file.access & (ACCESS.INTERFACE | ACCESS.ABSTRACT)) return { ...base, kind: 'abstract', fields: [] };
  try {
    const levels = levelsOf(file, pool);
    const why = unfit(levels, pool) ?? (generation === 2 ? unsure(levels) : undefined);
    if (why !== undefined) return why;
    const fields = levels.flatMap((_, depth) => fieldsOf(levels, depth, generation));
    const twice = fields.find((field, i) => fields.findIndex((other) => other.name === field.name) < i);
    if (twice !== undefined) return `${name} and a superclass both have a field ${twice.name}`;
    const typeParameters = levels[0]!.parameters.map((parameter) => parameter.name);
    const kind = file.superName === 'java.lang.Record' ? 'record' : 'object';
    return { ...base, kind, fields, typeParameters };
  } catch (error) {
    if (error instanceof StatewrightError) return error.reason;
    throw error;
  }
}

/** Why Kryo does not write a class by its fields, or why that is not known. */
function unfit(levels: readonly Level[], pool: ClassPool): string | undefined {
  const top = levels.at(-1)!.file;
  if (!ROOTS.has(top.superName ?? ''))
    return `${top.className} extends ${top.superName}, which is in no class file`;
  for (const { file } of levels) {
    const why = unfitInterface(file, pool, new Set()) ?? unfitAnnotation(file);
    if (why !== undefined) return why;
  }
  return undefined;
}

/** Kryo 2 writes the fields that javac adds, as an inner class's `this$0`, where flink-scala is on the class path. */
function unsure(levels: readonly Level[]): string | undefined {
  const fields = levels.flatMap(({ file }) => file.fields);
  const added = fields.find(({ access }) => access & ACCESS.SYNTHETIC && !(access & ACCESS.STATIC));
  return added && `Flink writes its field ${added.name} only where flink-scala is, which no class file tells`;
}

function unfitInterface(file: ClassFile, pool: ClassPool, seen: Set<string>): string | undefined {
  for (const name of file.interfaces) {
    if (COLLECTIONS.has(name)) return `${file.className} is a ${name}, which Kryo does not write by fields`;
    if (name.startsWith('java.') || seen.has(name)) continue;
    seen.add(name);
    const found = pool.get(name);
    if (found === undefined) return `${file.className} implements ${name}, which is in no class file`;
    const why = unfitInterface(found, pool, seen);
    if (why !== undefined) return why;
  }
  return undefined;
}

function unfitAnnotation(file: ClassFile): string | undefined {
  const isKryo = (annotation: string): boolean => annotation.startsWith(ANNOTATION);
  if (file.annotations.some(isKryo)) return `${file.className} has an annotation of Kryo`;
  const field = file.fields.find(({ annotations }) => annotations.some(isKryo));
  return field && `the field ${field.name} of ${file.className} has an annotation of Kryo`;
}

function fieldsOf(levels: readonly Level[], depth: number, generation: KryoGeneration): KryoField[] {
  const written = levels[depth]!.file.fields.filter(isWritten);
  return written.map((field) => ({
    name: field.name,
    type: inheritedType(levels, depth, field, generation),
  }));
}

function isWritten({ access }: ClassFileField): boolean {
  return (access & (ACCESS.STATIC | ACCESS.TRANSIENT | ACCESS.SYNTHETIC)) === 0;
}
