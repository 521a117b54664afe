import { DataOutputView } from '@statewright/bytes';

/*
 * Java object streams written by hand, by the grammar of the Java Object Serialization Specification, chapter 6.
 */

const TC = {
  NULL: 0x70,
  REFERENCE: 0x71,
  CLASS: 0x72,
  OBJECT: 0x73,
  STRING: 0x74,
  ARRAY: 0x75,
  END: 0x78,
  ENUM: 0x7e,
};
const BASE_HANDLE = 0x7e0000;
const SERIALIZABLE = 2;
const IS_ENUM = 0x10;

/** A field of a class: one letter and a name, and for `L` and `[` the signature. */
export type FieldSpec = readonly [code: string, name: string, signature?: string];

/** What stands for an object, class description or string that was written before. */
export type Handle = number;

/** Writes one Java object stream; every class description, string and object gets the next handle. */
export class JavaStreamBytes {
  readonly output = new DataOutputView();
  private handles = 0;

  constructor() {
    this.output.writeInt(0xaced0005 | 0);
  }

  toBytes(): Uint8Array {
    return this.output.toBytes();
  }

  null(): void {
    this.output.writeByte(TC.NULL);
  }

  reference(handle: Handle): void {
    this.output.writeByte(TC.REFERENCE);
    this.output.writeInt(BASE_HANDLE + handle);
  }

  string(text: string): Handle {
    this.output.writeByte(TC.STRING);
    this.output.writeUTF(text);
    return this.handles++;
  }

  /** A class description; `superClass` writes that of the class above, by default none. */
  description(
    name: string,
    fields: readonly FieldSpec[],
    superClass: () => void = () => this.null(),
    flags = SERIALIZABLE,
  ): Handle {
    this.output.writeByte(TC.CLASS);
    this.output.writeUTF(name);
    this.output.writeLong(1n);
    const own = this.handles++;
    this.output.writeByte(flags);
    this.output.writeShort(fields.length);
    for (const [code, field, signature] of fields) {
      this.output.writeByte(code.charCodeAt(0));
      this.output.writeUTF(field);
      if (signature !== undefined) this.string(signature);
    }
    this.output.writeByte(TC.END);
    superClass();
    return own;
  }

  /** The head of an object; its fields follow, those of the class above first. */
  object(description: () => void): Handle {
    this.output.writeByte(TC.OBJECT);
    description();
    return this.handles++;
  }

  /** The head of an array; its elements follow. */
  array(description: () => void, length: number): Handle {
    this.output.writeByte(TC.ARRAY);
    description();
    const own = this.handles++;
    this.output.writeInt(length);
    return own;
  }

  /** A constant of an enum; `description` writes or refers to its class. */
  enumConstant(description: () => void, constant: string): Handle {
    this.output.writeByte(TC.ENUM);
    description();
    const own = this.handles++;
    this.string(constant);
    return own;
  }

  /** The description of an enum class, with that of `java.lang.Enum` above it. */
  enumDescription(name: string): Handle {
    const above = () => void this.description('java.lang.Enum', [], undefined, SERIALIZABLE | IS_ENUM);
    return this.description(name, [], above, SERIALIZABLE | IS_ENUM);
  }
}

/** Arrays of one array each, `depth` levels deep. */
export function nestedArrays(depth: number): Uint8Array {
  const stream = new JavaStreamBytes();
  const objects = stream.array(() => void stream.description('[Ljava.lang.Object;', []), 1) - 1;
  for (let i = 1; i < depth; i++) stream.array(() => stream.reference(objects), 1);
  stream.null();
  return stream.toBytes();
}

/**
 * The step of a known deserialization gadget that runs a command: `InvokerTransformer` of commons-collections, whose
 * fields name a method of `Runtime`. A JVM with that library that reads the whole chain runs the command.
 */
export function gadget(command: string): Uint8Array {
  const stream = new JavaStreamBytes();
  const fields: FieldSpec[] = [
    ['[', 'iArgs', '[Ljava/lang/Object;'],
    ['L', 'iMethodName', 'Ljava/lang/String;'],
    ['[', 'iParamTypes', '[Ljava/lang/Class;'],
  ];
  const name = 'org.apache.commons.collections.functors.InvokerTransformer';
  stream.object(() => void stream.description(name, fields));
  stream.array(() => void stream.description('[Ljava.lang.Object;', []), 1);
  stream.string(command);
  stream.string('exec');
  stream.null();
  return stream.toBytes();
}

const LOGICAL = 'org.apache.flink.table.types.logical.';

const TYPE = 'Lorg/apache/flink/table/types/logical/LogicalType;';
const ROOT = 'Lorg/apache/flink/table/types/logical/LogicalTypeRoot;';

/** Writes SQL types as Java objects. */
class LogicalTypes {
  readonly stream = new JavaStreamBytes();
  private readonly written = new Map<string, Handle>();

  /** What `write` gives, once; after that a reference to it. */
  private once(key: string, write: () => Handle): void {
    const known = this.written.get(key);
    if (known === undefined) this.written.set(key, write());
    else this.stream.reference(known);
  }

  private describe(className: string, fields: readonly FieldSpec[]): void {
    const { stream } = this;
    const above: FieldSpec[] = [
      ['Z', 'isNullable'],
      ['L', 'typeRoot', ROOT],
    ];
    const logicalType = () => this.once('above', () => stream.description(`${LOGICAL}LogicalType`, above));
    this.once(className, () => stream.description(`${LOGICAL}${className}`, fields, logicalType));
  }

  /** The head of a type; its own fields follow. */
  type(className: string, root: string, fields: readonly FieldSpec[] = []): Handle {
    const { stream } = this;
    const own = stream.object(() => this.describe(className, fields));
    stream.output.writeBoolean(true);
    const roots = () => this.once('roots', () => stream.enumDescription(`${LOGICAL}LogicalTypeRoot`));
    this.once(root, () => stream.enumConstant(roots, root));
    return own;
  }
}

/**
 * A SQL type that is small and means much: `depth` maps, each with one map as its key and the very same as its value, so
 * that spelling it out takes 2^depth parts. Without an end the innermost is a map of itself.
 */
export function mapOfMaps(depth: number, ends: boolean): Uint8Array {
  const types = new LogicalTypes();
  const fields: FieldSpec[] = [
    ['L', 'keyType', TYPE],
    ['L', 'valueType', TYPE],
  ];
  const write = (level: number): Handle => {
    if (level > depth && ends) return types.type('IntType', 'INTEGER');
    const own = types.type('MapType', 'MAP', fields);
    if (level <= depth) types.stream.reference(write(level + 1));
    else for (const _ of fields) types.stream.reference(own);
    return own;
  };
  write(1);
  return types.stream.toBytes();
}
