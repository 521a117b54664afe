import type { AvroJson } from './json.js';

/*
 * An Avro schema as a tree. Named types are shared: a name that stands for a type leads to the same node, so that the
 * tree of a recursive schema has cycles.
 */

/** Avro's types without structure. */
export type AvroPrimitiveName = 'null' | 'boolean' | 'int' | 'long' | 'float' | 'double' | 'bytes' | 'string';

/** What every type may carry beside its structure. */
interface AvroCommon {
  /** `logicalType` attribute with what belongs to it, for example `decimal`, precision and scale. */
  readonly logicalType: AvroLogicalType | undefined;
  /** Every attribute that the structure has no use for: `avro.java.string`, and `logicalType` and `precision` too. */
  readonly props: AvroProps;
  /** Where its JSON begins in the schema's text, in UTF-16 units; `end` is not included. Of a name: where it is defined. */
  readonly at: number;
  readonly end: number;
}

/** Attributes by name, in their order. */
export type AvroProps = ReadonlyMap<string, AvroJson>;

/** What a value means beyond its type; `scale` and `precision` belong to `decimal`. */
export interface AvroLogicalType {
  readonly name: string;
  readonly precision: number | undefined;
  readonly scale: number | undefined;
}

/** What a type with a name has. */
interface AvroNamed extends AvroCommon {
  /** With its namespace. */
  readonly name: string;
  /** Other names of it, with namespace. */
  readonly aliases: readonly string[];
}

/** A type without structure. */
export interface AvroPrimitive extends AvroCommon {
  readonly kind: 'primitive';
  readonly type: AvroPrimitiveName;
}

/** Fields one after the other. */
export interface AvroRecord extends AvroNamed {
  readonly kind: 'record';
  readonly fields: readonly AvroField[];
  /** A value takes at least so many bytes; a field of the record's own type counts as none. */
  readonly minBytes: number;
}

/** One of a record's fields. */
export interface AvroField {
  readonly name: string;
  readonly type: AvroType;
  readonly aliases: readonly string[];
  /** As JSON; undefined where there is none, null where it is null. */
  readonly default: AvroJson | undefined;
  readonly order: 'ascending' | 'descending' | 'ignore';
  /** Every attribute that Avro has no use for. */
  readonly props: AvroProps;
  /** Where its JSON begins in the schema's text, in UTF-16 units; `end` is not included. */
  readonly at: number;
  readonly end: number;
}

/** One of a list of symbols. */
export interface AvroEnum extends AvroNamed {
  readonly kind: 'enum';
  readonly symbols: readonly string[];
  /** The symbol that stands for those which a reader does not know. */
  readonly default: string | undefined;
}

/** Bytes of a fixed number. */
export interface AvroFixed extends AvroNamed {
  readonly kind: 'fixed';
  /** Bytes. */
  readonly size: number;
}

/** Any number of values of one type. */
export interface AvroArray extends AvroCommon {
  readonly kind: 'array';
  readonly items: AvroType;
}

/** Keys are strings. */
export interface AvroMap extends AvroCommon {
  readonly kind: 'map';
  readonly values: AvroType;
}

/** A value of one of several types. */
export interface AvroUnion extends AvroCommon {
  readonly kind: 'union';
  /** Never unions themselves, and each told from the others by its `branchName`. */
  readonly branches: readonly Exclude<AvroType, AvroUnion>[];
}

/** Any type of an Avro schema. */
export type AvroType = AvroPrimitive | AvroRecord | AvroEnum | AvroFixed | AvroArray | AvroMap | AvroUnion;

/** The name by which a union tells its branches apart: a primitive's or collection's type, else the full name. */
export function branchName(type: AvroType): string {
  if (type.kind === 'primitive') return type.type;
  return 'name' in type ? type.name : type.kind;
}
