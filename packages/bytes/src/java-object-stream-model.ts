import type { Span } from './span.js';

/*
 * What a Java object stream says, as plain data: no class is looked up, nothing is run. An object that the stream refers
 * to twice is the same node twice, so the nodes form a graph that may have cycles.
 */

/**
 * One value of a Java object stream. Primitives by their field's type code: `Z` boolean; `B` `S` `I` `F` `D` number; `J`
 * bigint; `C` a string of one UTF-16 unit. A `java.lang.String` is a string.
 */
export type JavaValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | JavaObject
  | JavaArray
  | JavaEnum
  | JavaClass
  | JavaClassDescription;

/** A field as its class descriptor declares it. */
export interface JavaField {
  readonly name: string;
  /** `B` `C` `D` `F` `I` `J` `S` `Z`, or `[` and `L` for references. */
  readonly typeCode: string;
  /** Type signature of a reference, for example `Ljava/lang/String;`. */
  readonly signature: string | undefined;
}

/** `ObjectStreamClass`: what the writer's class looked like. */
export interface JavaClassDescription {
  readonly kind: 'class description';
  /** Binary name, for example `java.util.HashMap$Node` or `[Ljava.lang.String;`. Empty for a proxy. */
  readonly name: string;
  readonly serialVersionUid: bigint;
  /** SC_ bits: 1 write method, 2 serializable, 4 externalizable, 8 block data, 16 enum. */
  readonly flags: number;
  readonly fields: readonly JavaField[];
  /** Interfaces of a dynamic proxy class; undefined for other classes. */
  readonly proxyInterfaces: readonly string[] | undefined;
  /** What `annotateClass` wrote; normally nothing. */
  readonly annotation: readonly JavaContent[];
  readonly superClass: JavaClassDescription | null;
}

/** Bytes that a `writeObject` or `writeExternal` method wrote by itself. */
export interface JavaBlockData {
  readonly kind: 'block data';
  readonly bytes: Uint8Array;
  readonly span: Span;
}

/** What stands in an annotation: values, and bytes between them. */
export type JavaContent = JavaBlockData | JavaValue;

/** What one class of an object's hierarchy wrote. */
export interface JavaClassData {
  readonly description: JavaClassDescription;
  /** One value for each of `description.fields`. */
  readonly values: readonly JavaValue[];
  /** What the class's own write method added. */
  readonly annotation: readonly JavaContent[];
}

/** An instance of a class; not an array, an enum constant, a string or a class. */
export interface JavaObject {
  readonly kind: 'object';
  readonly description: JavaClassDescription;
  /** From the topmost serializable class down; classes that wrote nothing are left out. */
  readonly data: readonly JavaClassData[];
  readonly span: Span;
}

/** An array; one of bytes has them as they are. */
export interface JavaArray {
  readonly kind: 'array';
  readonly description: JavaClassDescription;
  readonly elements: readonly JavaValue[] | Uint8Array;
  readonly span: Span;
}

/** A constant of an enum, by its name. */
export interface JavaEnum {
  readonly kind: 'enum';
  readonly description: JavaClassDescription;
  readonly constant: string;
  readonly span: Span;
}

/** A `java.lang.Class` object. */
export interface JavaClass {
  readonly kind: 'class';
  readonly description: JavaClassDescription;
}

/** Whether the value is an object (not an array, enum or class). */
export function isJavaObject(value: JavaContent | undefined): value is JavaObject {
  return typeof value === 'object' && value !== null && value.kind === 'object';
}

/**
 * The value of a field by name, looked for from the object's own class upwards; undefined when no class of the object
 * declares it. A null reference is null.
 */
export function javaField(object: JavaObject, name: string): JavaValue | undefined {
  for (let i = object.data.length - 1; i >= 0; i--) {
    const { description, values } = object.data[i]!;
    const at = description.fields.findIndex((field) => field.name === name);
    if (at >= 0) return values[at];
  }
  return undefined;
}

/** Whether the object's class or one that it extends has that name. */
export function extendsJavaClass(object: JavaObject, className: string): boolean {
  for (let at: JavaClassDescription | null = object.description; at !== null; at = at.superClass) {
    if (at.name === className) return true;
  }
  return false;
}
