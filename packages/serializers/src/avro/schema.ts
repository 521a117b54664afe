/*
 * An Avro schema as a tree. Named types are shared: a name that stands for a type leads to the same node, so that the
 * tree of a recursive schema has cycles.
 */

export type AvroPrimitiveName = 'null' | 'boolean' | 'int' | 'long' | 'float' | 'double' | 'bytes' | 'string';

/** What every type may carry beside its structure. */
interface AvroCommon {
  /** `logicalType` attribute with what belongs to it, for example `decimal`, precision and scale. */
  readonly logicalType: AvroLogicalType | undefined;
}

export interface AvroLogicalType {
  readonly name: string;
  readonly precision: number | undefined;
  readonly scale: number | undefined;
}

export interface AvroPrimitive extends AvroCommon {
  readonly kind: 'primitive';
  readonly type: AvroPrimitiveName;
}

export interface AvroRecord extends AvroCommon {
  readonly kind: 'record';
  /** With its namespace. */
  readonly name: string;
  readonly fields: readonly AvroField[];
  /** A value takes at least so many bytes; a field of the record's own type counts as none. */
  readonly minBytes: number;
}

export interface AvroField {
  readonly name: string;
  readonly type: AvroType;
}

export interface AvroEnum extends AvroCommon {
  readonly kind: 'enum';
  readonly name: string;
  readonly symbols: readonly string[];
}

export interface AvroFixed extends AvroCommon {
  readonly kind: 'fixed';
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

export interface AvroArray extends AvroCommon {
  readonly kind: 'array';
  readonly items: AvroType;
}

/** Keys are strings. */
export interface AvroMap extends AvroCommon {
  readonly kind: 'map';
  readonly values: AvroType;
}

export interface AvroUnion extends AvroCommon {
  readonly kind: 'union';
  /** Never unions themselves, and each told from the others by its `branchName`. */
  readonly branches: readonly Exclude<AvroType, AvroUnion>[];
}

export type AvroType = AvroPrimitive | AvroRecord | AvroEnum | AvroFixed | AvroArray | AvroMap | AvroUnion;

/** The name by which a union tells its branches apart: a primitive's or collection's type, else the full name. */
export function branchName(type: AvroType): string {
  if (type.kind === 'primitive') return type.type;
  return 'name' in type ? type.name : type.kind;
}
