/*
 * What a person, or a class file, says of a Java class that Kryo wrote: its fields with their declared types. Kryo's
 * FieldSerializer writes nothing of that into the stream, so that values of such a class cannot be read without it.
 */

/** Java's primitive types. */
export type PrimitiveName = 'boolean' | 'byte' | 'char' | 'short' | 'int' | 'long' | 'float' | 'double';

/** A declared type, as `java.lang.reflect.Field#getGenericType` gives it. Class names are Java binary names. */
export type KryoFieldType =
  | { readonly kind: 'primitive'; readonly name: PrimitiveName }
  /** A class; `arguments` are empty for a raw or plain one. `java.lang.Object` for what may be anything. */
  | { readonly kind: 'class'; readonly name: string; readonly arguments: readonly KryoFieldType[] }
  | { readonly kind: 'array'; readonly element: KryoFieldType }
  /** A type parameter of the class that has the field; `bound` is the class that it is erased to. */
  | { readonly kind: 'variable'; readonly name: string; readonly bound: string }
  /** `?` as an argument; `bound` is what stands behind `extends` or `super`. */
  | { readonly kind: 'wildcard'; readonly bound: KryoFieldType | undefined };

/** One field that is neither static nor transient. */
export interface KryoField {
  readonly name: string;
  readonly type: KryoFieldType;
}

/** One class, with the fields of its superclasses among its own. Enums have constants in the order of their ordinals. */
export interface KryoClassLayout {
  /** Java binary name. */
  readonly className: string;
  /**
   * `record` is a Java record, which Kryo 5 reads by its components and Kryo 2 cannot write. `abstract` is an interface
   * or an abstract class: fields are declared with it, but no object is of it.
   */
  readonly kind: 'object' | 'enum' | 'record' | 'abstract';
  /** In any order; the stream has them sorted by name. Empty for an enum. */
  readonly fields: readonly KryoField[];
  /** Names of an enum's constants. */
  readonly constants?: readonly string[];
  /** Whether the class is final: then a field of that type has no class in the stream. Enums without bodies are. */
  readonly final: boolean;
  /** Names of the class's own type parameters. */
  readonly typeParameters: readonly string[];
}

/** A declared type and the classes that are laid out in it. */
export interface ParsedLayout {
  /** The type of the whole text, for example the class that it begins with. */
  readonly type: KryoFieldType;
  readonly layouts: ReadonlyMap<string, KryoClassLayout>;
}

/** Layouts by class names: a Map, or something that makes them when they are asked for. */
export interface KryoLayouts {
  get(className: string): KryoClassLayout | undefined;
  /** Why a class that is known has no layout. */
  why?(className: string): string | undefined;
}
