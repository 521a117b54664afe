import { type DataInputView, type ErrorCode, StatewrightError } from '@statewright/bytes';
import type { GenericsScope } from './generics-scope.js';
import { GenericsStack } from './generics-stack.js';
import type { NameCache } from './name-cache.js';
import { readText, readVarInt } from './wire.js';

const KIND = 'Kryo value';
/** Objects that a value may have when every reference to a shared one counts again. */
const MAX_OBJECTS = 1 << 24;

/** Which Kryo: 2.24 in Flink 1.x, 5.6 in Flink 2.x. */
export type KryoGeneration = 2 | 5;

/**
 * The classes that Kryo 2's `Serializer#setGenerics` is told, each undefined where it is not known. `stale`: whatever
 * the serializer was told the last time, which the value does not say.
 */
export type Generics = readonly (string | undefined)[] | 'stale' | undefined;

/** A class as the stream has it, and how its objects are read. */
export interface KryoClass {
  /** Java binary name. */
  readonly name: string;
  /** Whether an object of it can be referred to again: `ReferenceResolver#useReferences`. */
  readonly referenced: boolean;
  /** Reads what the serializer wrote, from behind class and reference. */
  read(graph: ObjectGraph, generics: Generics): unknown;
}

/** The classes of a stream, by the ids and names that stand for them. */
export interface KryoClasses {
  byId(id: number): KryoClass | undefined;
  named(name: string): KryoClass;
  /** Whether Java's class is final; for an array, that of its innermost elements. NOT_SUPPORTED when nobody knows. */
  isFinal(name: string): boolean;
  readonly names: NameCache;
}

/** `Class#getName`, as compilers make it. */
const CLASS_NAME = /^\[*[\p{L}\p{Nl}\p{Sc}\p{Pc}][\p{L}\p{N}\p{Sc}\p{Pc}\p{Mn}\p{Mc}.;/-]*$/u;

/** Marks an object that is still being read. */
const PENDING = Symbol('pending');

/**
 * One value of `Kryo#writeClassAndObject`: the names and objects that have been met in it, and where reading is.
 *
 *     class      varint: 0 null; 1 by name: varint n, and a text when name n is new; else the registered id plus 2
 *     reference  varint: 0 null; 1 a new object, which follows; else the position of an earlier one plus 2. Not for
 *                objects of primitives, and in Kryo 5 not for enums: they have a 1, and only where they may be null
 *
 * Follows `com.esotericsoftware.kryo.Kryo` and `DefaultClassResolver`, Kryo 2.24 and 5.6.
 */
export class ObjectGraph {
  /** Names of fields down to where reading is, for errors. */
  readonly path: string[] = [];
  /** Kryo 5's `Generics`. */
  readonly generics: GenericsStack = new GenericsStack();
  /** Kryo 2's `getGenericsScope`. */
  scope: GenericsScope | undefined;
  /** Whether a Java object stream has begun: its handles would go on in the next one. */
  javaStreamBegun = false;
  private readonly names: KryoClass[] = [];
  private readonly objects: unknown[] = [];
  /** The classes of the objects. */
  private readonly types: string[] = [];
  private readonly sizes: number[] = [];
  private size = 0;

  constructor(
    readonly input: DataInputView,
    readonly classes: KryoClasses,
  ) {}

  /** The class that comes next; undefined for a null in an object's place. `Kryo#readClass`. */
  readClass(): KryoClass | undefined {
    const { input } = this;
    const start = input.pos;
    const id = readVarInt(input);
    if (id === 0) return undefined;
    if (id === 1) return this.readName();
    const found = this.classes.byId(id - 2);
    if (found !== undefined) return found;
    throw this.errorAt(start, 'BAD_VALUE', `class id ${id - 2} is registered for no class`);
  }

  private readName(): KryoClass {
    const { input, names } = this;
    const start = input.pos;
    const position = readVarInt(input);
    const known = names[position];
    if (known !== undefined) return known;
    if (position !== names.length) {
      const reason = `class name ${position} is meant, but ${names.length} have been read`;
      throw this.errorAt(start, 'BAD_VALUE', reason);
    }
    const cached = this.classes.names.take(input);
    const found = cached ?? this.readNewName();
    names.push(found);
    return found;
  }

  private readNewName(): KryoClass {
    const { input, classes } = this;
    const start = input.pos;
    const name = readText(input);
    if (!CLASS_NAME.test(name)) {
      const shown = JSON.stringify(name.slice(0, 80));
      throw this.errorAt(start, 'BAD_VALUE', `${shown} is found where the name of a class must be`);
    }
    const found = classes.named(name);
    classes.names.put(input, start, found);
    return found;
  }

  /** Class and object, or null: `Kryo#readClassAndObject`. */
  readClassAndObject(): unknown {
    this.enter();
    const type = this.readClass();
    const value = type === undefined ? null : this.readReferenced(type, undefined, false);
    this.leave();
    return value;
  }

  /** An object whose class is known, never null: `Kryo#readObject`. */
  readObject(type: KryoClass, generics: Generics): unknown {
    this.enter();
    const value = this.readReferenced(type, generics, false);
    this.leave();
    return value;
  }

  /** An object whose class is known, or null: `Kryo#readObjectOrNull`. */
  readObjectOrNull(type: KryoClass, generics: Generics): unknown {
    this.enter();
    const value = this.readReferenced(type, generics, true);
    this.leave();
    return value;
  }

  private readReferenced(type: KryoClass, generics: Generics, mayBeNull: boolean): unknown {
    if (!type.referenced && !mayBeNull) return this.readNew(type, generics);
    const start = this.input.pos;
    const id = readVarInt(this.input);
    if (id === 0 && mayBeNull) return null;
    if (!type.referenced) {
      if (id === 1) return this.readNew(type, generics);
      throw this.errorAt(start, 'BAD_VALUE', `${id} is found where 0 is null and 1 is an object`);
    }
    if (id !== 1) return this.earlier(type, start, id - 2);
    const position = this.objects.push(PENDING) - 1;
    this.types.push(type.name);
    const before = this.size;
    const value = this.readNew(type, generics);
    this.objects[position] = value;
    this.sizes[position] = this.size - before;
    return value;
  }

  private readNew(type: KryoClass, generics: Generics): unknown {
    this.count(1);
    return type.read(this, generics);
  }

  private earlier(type: KryoClass, start: number, position: number): unknown {
    const { objects } = this;
    if (position < 0 || position >= objects.length) {
      const reason = `object ${position} is meant, but ${objects.length} have been read`;
      throw this.errorAt(start, 'BAD_VALUE', reason);
    }
    const value = objects[position];
    if (value === PENDING) {
      throw this.errorAt(
        start,
        'NOT_SUPPORTED',
        `object ${position} contains itself, which no value here can`,
      );
    }
    const known = this.types[position];
    if (known !== type.name) {
      const reason = `object ${position} is a ${known}, but a ${type.name} is meant`;
      throw this.errorAt(start, 'BAD_VALUE', reason);
    }
    this.count(this.sizes[position] ?? 0);
    return value;
  }

  /** So many more objects; an error beyond `MAX_OBJECTS`. */
  count(objects: number): void {
    this.size += objects;
    if (this.size <= MAX_OBJECTS) return;
    const reason = `more than ${MAX_OBJECTS} objects are in one value when shared ones count each time`;
    throw this.input.error('BAD_LENGTH', KIND, reason, 0);
  }

  private enter(): void {
    this.input.enter(KIND);
    this.generics.depth++;
  }

  private leave(): void {
    this.input.leave();
    this.generics.depth--;
  }

  /** An error about the bytes from an index of the view to where reading is. */
  errorAt(start: number, code: ErrorCode, reason: string, next?: string): StatewrightError {
    const { input } = this;
    const { file, fileOffset } = input;
    const span = { file, start: fileOffset + start, end: fileOffset + Math.max(start, input.pos) };
    return new StatewrightError(code, { span, kind: KIND, reason, next });
  }
}
