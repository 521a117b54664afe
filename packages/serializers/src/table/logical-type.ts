/*
 * A SQL type, as `org.apache.flink.table.types.logical.LogicalType` has it (Flink 1.20 and 2.3). The roots are the
 * constants of `LogicalTypeRoot`, so that this page and Flink's say the same words.
 */

/** Types without others inside. */
export type ScalarRoot =
  | 'CHAR'
  | 'VARCHAR'
  | 'BOOLEAN'
  | 'BINARY'
  | 'VARBINARY'
  | 'DECIMAL'
  | 'TINYINT'
  | 'SMALLINT'
  | 'INTEGER'
  | 'BIGINT'
  | 'FLOAT'
  | 'DOUBLE'
  | 'DATE'
  | 'TIME_WITHOUT_TIME_ZONE'
  | 'TIMESTAMP_WITHOUT_TIME_ZONE'
  | 'TIMESTAMP_WITH_LOCAL_TIME_ZONE'
  | 'INTERVAL_YEAR_MONTH'
  | 'INTERVAL_DAY_TIME'
  | 'VARIANT'
  | 'BITMAP';

/** A type without others inside. */
export interface ScalarType {
  readonly kind: 'scalar';
  readonly root: ScalarRoot;
  readonly nullable: boolean;
  /** CHAR, VARCHAR, BINARY, VARBINARY: 2147483647 is "as long as you like". */
  readonly length?: number;
  /** DECIMAL: digits. TIME, TIMESTAMP, intervals: digits of the fraction of a second. */
  readonly precision?: number;
  /** DECIMAL only. */
  readonly scale?: number;
}

/** ARRAY. */
export interface ArrayType {
  readonly kind: 'array';
  readonly root: 'ARRAY';
  readonly nullable: boolean;
  readonly element: LogicalType;
}

/** A multiset is a map from elements to how often they occur. */
export interface MapType {
  readonly kind: 'map';
  readonly root: 'MAP' | 'MULTISET';
  readonly nullable: boolean;
  readonly key: LogicalType;
  readonly value: LogicalType;
}

/** ROW and STRUCTURED_TYPE; of the latter, fields of super types come first. */
export interface RowType {
  readonly kind: 'row';
  readonly root: 'ROW' | 'STRUCTURED_TYPE';
  readonly nullable: boolean;
  /** Identifier or implementation class of a structured type. */
  readonly name: string | undefined;
  readonly names: readonly string[];
  readonly types: readonly LogicalType[];
}

/** A name for another type; its values are those of `source`. */
export interface DistinctType {
  readonly kind: 'distinct';
  readonly root: 'DISTINCT_TYPE';
  readonly nullable: boolean;
  readonly name: string | undefined;
  readonly source: LogicalType;
}

/** A value of a serializer that SQL knows nothing of. */
export interface RawType {
  readonly kind: 'raw';
  readonly root: 'RAW';
  readonly nullable: boolean;
  /** Class of the values, where the type tells it. */
  readonly className: string | undefined;
  /** Class of its serializer, where the type tells it. */
  readonly serializer: string | undefined;
}

/** A type that Flink has no serializer for (NULL, SYMBOL, UNRESOLVED ...), or that a newer Flink has added. */
export interface UnknownType {
  readonly kind: 'unknown';
  readonly root: string;
  readonly nullable: boolean;
  readonly className: string;
  /** One sentence without a full stop. */
  readonly why: string;
}

/** A SQL type; `kind` tells the shape, `root` is the constant of `LogicalTypeRoot`. */
export type LogicalType = ScalarType | ArrayType | MapType | RowType | DistinctType | RawType | UnknownType;

const SHORT_ROOTS: { readonly [root: string]: string } = {
  INTEGER: 'INT',
  TIME_WITHOUT_TIME_ZONE: 'TIME',
  TIMESTAMP_WITHOUT_TIME_ZONE: 'TIMESTAMP',
  TIMESTAMP_WITH_LOCAL_TIME_ZONE: 'TIMESTAMP_LTZ',
  INTERVAL_YEAR_MONTH: 'INTERVAL YEAR TO MONTH',
  INTERVAL_DAY_TIME: 'INTERVAL DAY TO SECOND',
};

const UNBOUNDED = 0x7fffffff;

/** The type as SQL writes it, for example `VARCHAR(20) NOT NULL`. */
export function sqlText(type: LogicalType): string {
  return type.nullable ? nullableText(type) : `${nullableText(type)} NOT NULL`;
}

function nullableText(type: LogicalType): string {
  switch (type.kind) {
    case 'scalar':
      return scalarText(type);
    case 'array':
      return `ARRAY<${sqlText(type.element)}>`;
    case 'map':
      return type.root === 'MAP'
        ? `MAP<${sqlText(type.key)}, ${sqlText(type.value)}>`
        : `MULTISET<${sqlText(type.key)}>`;
    case 'row':
      return (
        type.name ??
        `ROW<${type.names.map((name, i) => `\`${name}\` ${sqlText(type.types[i]!)}`).join(', ')}>`
      );
    case 'distinct':
      return type.name ?? sqlText(type.source);
    case 'raw':
      return `RAW('${type.className ?? '?'}')`;
    case 'unknown':
      return type.root;
  }
}

function scalarText({ root, length, precision, scale }: ScalarType): string {
  if (length === UNBOUNDED && root === 'VARCHAR') return 'STRING';
  if (length === UNBOUNDED && root === 'VARBINARY') return 'BYTES';
  const name = SHORT_ROOTS[root] ?? root;
  if (length !== undefined) return `${name}(${length})`;
  if (scale !== undefined) return `${name}(${precision}, ${scale})`;
  return precision === undefined ? name : `${name}(${precision})`;
}

/** The unknown type among the elements of an array or map, whose size nobody knows then; undefined when there is none. */
export function elementUnknown(type: LogicalType): UnknownType | undefined {
  if (type.kind === 'array') return asUnknown(type.element);
  return type.kind === 'map' ? (asUnknown(type.key) ?? asUnknown(type.value)) : undefined;
}

function asUnknown(type: LogicalType): UnknownType | undefined {
  if (type.kind === 'distinct') return asUnknown(type.source);
  return type.kind === 'unknown' ? type : undefined;
}
