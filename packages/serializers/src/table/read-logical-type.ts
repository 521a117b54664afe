import {
  type DataInputView,
  describeJavaObject,
  extendsJavaClass,
  isJavaObject,
  type JavaObject,
  type JavaValue,
  javaField,
  MAX_DEPTH,
  type Span,
  StatewrightError,
} from '@statewright/bytes';
import { quoted, simpleName } from '../class-names.js';
import { javaListElements } from './java-collections.js';
import type { LogicalType, RowType, ScalarRoot, ScalarType } from './logical-type.js';

const KIND = 'LogicalType';
const LOGICAL_TYPE = 'org.apache.flink.table.types.logical.LogicalType';
/** One Java object may be part of many others: a few lines of bytes could spell a type of 2^100 parts. */
const MAX_PARTS = 100_000;

/** `DecimalType.MAX_PRECISION`, and that of times and timestamps. Beyond, a codec's bounds would be numbers without end. */
const MAX_DECIMAL = 38;
const MAX_FRACTION = 9;

/** Roots whose types are told by the root and numbers alone. */
const SCALARS: ReadonlySet<string> = new Set<ScalarRoot>([
  'CHAR',
  'VARCHAR',
  'BOOLEAN',
  'BINARY',
  'VARBINARY',
  'DECIMAL',
  'TINYINT',
  'SMALLINT',
  'INTEGER',
  'BIGINT',
  'FLOAT',
  'DOUBLE',
  'DATE',
  'TIME_WITHOUT_TIME_ZONE',
  'TIMESTAMP_WITHOUT_TIME_ZONE',
  'TIMESTAMP_WITH_LOCAL_TIME_ZONE',
  'INTERVAL_YEAR_MONTH',
  'INTERVAL_DAY_TIME',
  'VARIANT',
  'BITMAP',
]);

/**
 * Reads a Java-serialized `LogicalType`, as SQL's serializer snapshots hold them. The object is described, not made: no
 * class is needed. BAD_VALUE when it is something else, TOO_DEEP when it nests too deeply.
 */
export function readLogicalType(input: DataInputView): LogicalType {
  const start = input.filePos;
  const value = describeJavaObject(input);
  return logicalTypeOf(value, input.spanFrom(start));
}

/** The type that an already described Java object is; `span` is where it lies. */
export function logicalTypeOf(value: JavaValue | undefined, span: Span): LogicalType {
  return new TypeReader(span).read(value);
}

class TypeReader {
  private parts = 0;
  private depth = 0;

  constructor(private readonly span: Span) {}

  read(value: JavaValue | undefined): LogicalType {
    if (!isJavaObject(value) || !extendsJavaClass(value, LOGICAL_TYPE))
      throw this.bad('the object is no SQL type');
    this.depth++;
    if (this.depth > MAX_DEPTH || ++this.parts > MAX_PARTS) {
      const reason =
        this.depth > MAX_DEPTH
          ? `the type nests deeper than ${MAX_DEPTH} levels`
          : `the type has more than ${MAX_PARTS} parts`;
      throw new StatewrightError('TOO_DEEP', { span: this.span, kind: KIND, reason });
    }
    const type = this.structure(value);
    this.depth--;
    return type;
  }

  private bad(reason: string): StatewrightError {
    return new StatewrightError('BAD_VALUE', { span: this.span, kind: KIND, reason });
  }

  private structure(type: JavaObject): LogicalType {
    const root = this.constant(type, 'typeRoot');
    const nullable = javaField(type, 'isNullable') === true;
    switch (root) {
      case 'ARRAY':
        if (!has(type, 'elementType')) break;
        return { kind: 'array', root, nullable, element: this.read(javaField(type, 'elementType')) };
      case 'MULTISET':
        if (!has(type, 'elementType')) break;
        return { kind: 'map', root, nullable, key: this.read(javaField(type, 'elementType')), value: COUNT };
      case 'MAP':
        if (!has(type, 'keyType')) break;
        return {
          kind: 'map',
          root,
          nullable,
          key: this.read(javaField(type, 'keyType')),
          value: this.read(javaField(type, 'valueType')),
        };
      case 'ROW':
        if (!has(type, 'fields')) break;
        return this.row(root, nullable, undefined, this.list(type, 'fields'));
      case 'STRUCTURED_TYPE':
        if (!has(type, 'attributes')) break;
        return this.row(root, nullable, userTypeName(type), this.attributes(type, 0));
      case 'DISTINCT_TYPE':
        if (!has(type, 'sourceType')) break;
        return {
          kind: 'distinct',
          root,
          nullable,
          name: userTypeName(type),
          source: this.read(javaField(type, 'sourceType')),
        };
      case 'RAW':
        return {
          kind: 'raw',
          root,
          nullable,
          className: classNameOf(javaField(type, 'clazz')),
          serializer: objectClass(javaField(type, 'serializer')),
        };
      default:
        if (SCALARS.has(root)) return this.scalar(type, root as ScalarRoot, nullable);
    }
    return this.unknown(type, root, nullable);
  }

  private unknown(type: JavaObject, root: string, nullable: boolean): LogicalType {
    const className = type.description.name;
    const why = `a column of type ${quoted(root)} (${quoted(simpleName(className))}) has no layout that is known`;
    return { kind: 'unknown', root, nullable, className, why };
  }

  private scalar(type: JavaObject, root: ScalarRoot, nullable: boolean): LogicalType {
    const length = this.number(type, 'length');
    const precision = this.number(type, 'precision') ?? this.number(type, 'fractionalPrecision');
    const scale = this.number(type, 'scale');
    const needsPrecision = root === 'DECIMAL' || root.startsWith('TIMESTAMP');
    // A legacy type has the root of another but not what that one needs.
    if (needsPrecision && precision === undefined) return this.unknown(type, root, nullable);
    if (root === 'DECIMAL' && scale === undefined) return this.unknown(type, root, nullable);
    this.checkRange(`the precision of a ${root}`, precision, root === 'DECIMAL' ? MAX_DECIMAL : MAX_FRACTION);
    this.checkRange(`the scale of a ${root}`, scale, precision ?? 0);
    const scalar: ScalarType = {
      kind: 'scalar',
      root,
      nullable,
      ...(length === undefined ? {} : { length }),
      ...(precision === undefined ? {} : { precision }),
      ...(scale === undefined ? {} : { scale }),
    };
    return scalar;
  }

  private checkRange(what: string, value: number | undefined, most: number): void {
    if (value === undefined || (value >= 0 && value <= most)) return;
    throw this.bad(`${what} is ${value} but 0 to ${most} is allowed`);
  }

  private number(type: JavaObject, name: string): number | undefined {
    const value = javaField(type, name);
    return typeof value === 'number' ? value : undefined;
  }

  private constant(type: JavaObject, name: string): string {
    const value = javaField(type, name);
    if (typeof value === 'object' && value !== null && value.kind === 'enum') return value.constant;
    throw this.bad(`a SQL type has no ${name}`);
  }

  private list(owner: JavaObject, name: string): readonly JavaValue[] {
    const elements = javaListElements(javaField(owner, name));
    if (elements === undefined) throw this.bad(`the ${name} of a SQL type are no list`);
    return elements;
  }

  /** Fields of the super types first. */
  private attributes(type: JavaObject, supers: number): readonly JavaValue[] {
    if (supers > MAX_DEPTH) throw this.bad('a structured type extends itself');
    const above = javaField(type, 'superType');
    const own = this.list(type, 'attributes');
    return isJavaObject(above) ? [...this.attributes(above, supers + 1), ...own] : own;
  }

  private row(
    root: 'ROW' | 'STRUCTURED_TYPE',
    nullable: boolean,
    name: string | undefined,
    fields: readonly JavaValue[],
  ): RowType {
    const names = new Set<string>();
    const types: LogicalType[] = [];
    for (const field of fields) {
      const fieldName = isJavaObject(field) ? javaField(field, 'name') : undefined;
      if (!isJavaObject(field) || typeof fieldName !== 'string')
        throw this.bad('a field of a row has no name');
      if (names.has(fieldName)) throw this.bad(`two fields of a row are called ${quoted(fieldName)}`);
      names.add(fieldName);
      types.push(this.read(javaField(field, 'type')));
    }
    return { kind: 'row', root, nullable, name, names: [...names], types };
  }
}

/** How often an element of a multiset occurs. */
const COUNT: LogicalType = { kind: 'scalar', root: 'INTEGER', nullable: false };

function has(type: JavaObject, name: string): boolean {
  return javaField(type, name) !== undefined;
}

/** `catalog.database.name` of a user-defined type, else its implementation class. */
function userTypeName(type: JavaObject): string | undefined {
  const identifier = javaField(type, 'objectIdentifier');
  if (isJavaObject(identifier)) {
    const parts = ['catalogName', 'databaseName', 'objectName'].map((part) => javaField(identifier, part));
    return parts.filter((part) => typeof part === 'string').join('.');
  }
  const className = javaField(type, 'className');
  return (
    classNameOf(javaField(type, 'implementationClass')) ??
    (typeof className === 'string' ? className : undefined)
  );
}

function classNameOf(value: JavaValue | undefined): string | undefined {
  return typeof value === 'object' && value !== null && value.kind === 'class'
    ? value.description.name
    : undefined;
}

function objectClass(value: JavaValue | undefined): string | undefined {
  return isJavaObject(value) ? value.description.name : undefined;
}
