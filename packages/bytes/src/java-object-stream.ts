import { type DataInputView, MAX_DEPTH } from './data-input-view.js';
import {
  FIRST_HANDLE,
  SC_BLOCK_DATA,
  SC_EXTERNALIZABLE,
  SC_SERIALIZABLE,
  SC_WRITE_METHOD,
  STREAM_MAGIC,
  STREAM_VERSION,
  TC_ARRAY,
  TC_BLOCKDATA,
  TC_BLOCKDATALONG,
  TC_CLASS,
  TC_CLASSDESC,
  TC_ENDBLOCKDATA,
  TC_ENUM,
  TC_EXCEPTION,
  TC_LONGSTRING,
  TC_NULL,
  TC_OBJECT,
  TC_PROXYCLASSDESC,
  TC_REFERENCE,
  TC_RESET,
  TC_STRING,
} from './java-object-stream-constants.js';
import type {
  JavaArray,
  JavaClass,
  JavaClassData,
  JavaClassDescription,
  JavaContent,
  JavaEnum,
  JavaField,
  JavaObject,
  JavaValue,
} from './java-object-stream-model.js';
import { decodeModifiedUtf8 } from './modified-utf8.js';

const KIND = 'Java object stream';

/** Bytes of a primitive by its type code. */
const PRIMITIVE_SIZE = new Map([
  ['B', 1],
  ['C', 2],
  ['D', 8],
  ['F', 4],
  ['I', 4],
  ['J', 8],
  ['S', 2],
  ['Z', 1],
]);

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Describes the one object that a Java `ObjectOutputStream` wrote at the view's position, and stops after its last byte.
 * Nothing is looked up or run: a class is a name and a list of fields. Follows java.io.ObjectInputStream (JDK 8 to 17).
 */
export function describeJavaObject(input: DataInputView): JavaValue {
  const magic = input.readUnsignedShort(KIND);
  const version = input.readUnsignedShort(KIND);
  if (magic !== STREAM_MAGIC || version !== STREAM_VERSION) {
    input.pos -= 4;
    const found = `${magic.toString(16)} ${version}`;
    throw input.error('BAD_MAGIC', KIND, `the stream starts with ${found} where aced 5 is expected`, 4);
  }
  return new JavaObjectReader(input).readTopLevel();
}

class JavaObjectReader {
  /** By handle; a class description, object or array is here from its beginning, because it may refer to itself. */
  private readonly handles: JavaValue[] = [];

  constructor(private readonly input: DataInputView) {}

  readTopLevel(): JavaValue {
    while (this.peek() === TC_RESET) this.input.pos++;
    return this.readValue();
  }

  private peek(): number {
    this.input.need(1, KIND);
    return this.input.bytes[this.input.pos]!;
  }

  private bad(reason: string): Error {
    return this.input.error('BAD_VALUE', KIND, reason);
  }

  /** One object, where block data is not allowed. */
  private readValue(): JavaValue {
    const { input } = this;
    const type = this.peek();
    input.enter(KIND);
    input.pos++;
    const value = this.readTyped(type);
    input.leave();
    return value;
  }

  private readTyped(type: number): JavaValue {
    switch (type) {
      case TC_NULL:
        return null;
      case TC_REFERENCE:
        return this.readReference();
      case TC_CLASSDESC:
        return this.readClassDescription();
      case TC_PROXYCLASSDESC:
        return this.readProxyClassDescription();
      case TC_OBJECT:
        return this.readObject();
      case TC_STRING:
        return this.keep(this.input.readUTF('Java string'));
      case TC_LONGSTRING:
        return this.readLongString();
      case TC_ARRAY:
        return this.readArray();
      case TC_CLASS:
        return this.keep<JavaClass>({ kind: 'class', description: this.readDescription() });
      case TC_ENUM:
        return this.readEnum();
      default:
        throw this.refuse(type);
    }
  }

  private refuse(type: number): Error {
    this.input.pos--;
    if (type === TC_EXCEPTION) {
      return this.input.error(
        'NOT_SUPPORTED',
        KIND,
        'the writer failed and wrote an exception instead of the object',
      );
    }
    return this.bad(`the byte 0x${type.toString(16).padStart(2, '0')} does not start an object`);
  }

  private keep<T extends JavaValue>(value: T): T {
    this.handles.push(value);
    return value;
  }

  private readReference(): JavaValue {
    const handle = this.input.readInt('Java reference');
    const value = this.handles[handle - FIRST_HANDLE];
    if (value !== undefined) return value;
    this.input.pos -= 4;
    const known = this.handles.length;
    const name = `0x${(handle >>> 0).toString(16)}`;
    throw this.bad(`a reference to object ${name} but only ${known} objects have been read`);
  }

  private readLongString(): string {
    const { input } = this;
    const length = input.readLong('Java string');
    if (length < 0n || length > BigInt(input.remaining)) {
      const left = input.remaining;
      input.pos -= 8;
      throw input.error('BAD_LENGTH', KIND, `a string of ${length} bytes where ${left} are left`, 8);
    }
    const start = input.pos;
    const end = start + Number(length);
    const text = decodeModifiedUtf8(input.bytes, start, end);
    if (text === undefined) throw this.bad(`the ${length} bytes of the string are not modified UTF-8`);
    input.pos = end;
    return this.keep(text);
  }

  private readString(what: string): string {
    const value = this.readValue();
    if (typeof value === 'string') return value;
    throw this.bad(`${what} is not a string`);
  }

  private readClassDescription(): JavaClassDescription {
    const { input } = this;
    const description: Writable<JavaClassDescription> = {
      kind: 'class description',
      name: input.readUTF('Java class name'),
      serialVersionUid: input.readLong('serialVersionUID'),
      flags: 0,
      fields: [],
      proxyInterfaces: undefined,
      annotation: [],
      superClass: null,
    };
    this.keep(description);
    description.flags = input.readUnsignedByte('Java class flags');
    if ((description.flags & SC_SERIALIZABLE) !== 0 && (description.flags & SC_EXTERNALIZABLE) !== 0) {
      throw this.bad(`the class ${description.name} is both serializable and externalizable`);
    }
    description.fields = this.readFields();
    description.annotation = this.readAnnotation();
    description.superClass = this.readSuperClass(description);
    return description;
  }

  private readFields(): readonly JavaField[] {
    const { input } = this;
    const count = input.readUnsignedShort('Java field count');
    const fields: JavaField[] = [];
    for (let i = 0; i < count; i++) {
      const typeCode = String.fromCharCode(input.readUnsignedByte('Java field type'));
      const name = input.readUTF('Java field name');
      const reference = typeCode === '[' || typeCode === 'L';
      if (!reference && !PRIMITIVE_SIZE.has(typeCode)) {
        throw this.bad(`the field type code 0x${typeCode.charCodeAt(0).toString(16)} is none`);
      }
      const signature = reference ? this.readString('the type of a field') : undefined;
      fields.push({ name, typeCode, signature });
    }
    return fields;
  }

  private readProxyClassDescription(): JavaClassDescription {
    const { input } = this;
    const proxyInterfaces: string[] = [];
    const description: Writable<JavaClassDescription> = {
      kind: 'class description',
      name: '',
      serialVersionUid: 0n,
      flags: SC_SERIALIZABLE,
      fields: [],
      proxyInterfaces,
      annotation: [],
      superClass: null,
    };
    this.keep(description);
    for (let left = input.readCount('Java proxy interfaces', 2); left > 0; left--) {
      proxyInterfaces.push(input.readUTF('Java interface name'));
    }
    description.annotation = this.readAnnotation();
    description.superClass = this.readSuperClass(description);
    return description;
  }

  /** A super class may be a reference; one that leads back to the class itself would never end. */
  private readSuperClass(of: JavaClassDescription): JavaClassDescription | null {
    if (this.peek() === TC_NULL) {
      this.input.pos++;
      return null;
    }
    const found = this.readDescription();
    let classes = 0;
    for (let at: JavaClassDescription | null = found; at !== null; at = at.superClass) {
      if (at === of) throw this.bad('a class extends itself');
      if (++classes > MAX_DEPTH) {
        throw this.input.error('TOO_DEEP', KIND, `a class extends more than ${MAX_DEPTH} others`);
      }
    }
    return found;
  }

  private readDescription(): JavaClassDescription {
    const value = this.readValue();
    if (typeof value === 'object' && value !== null && value.kind === 'class description') return value;
    throw this.bad('a class description is needed here');
  }

  /** Contents up to and with the end-of-block-data byte. */
  private readAnnotation(): readonly JavaContent[] {
    const contents: JavaContent[] = [];
    for (let type = this.peek(); type !== TC_ENDBLOCKDATA; type = this.peek()) {
      const block = type === TC_BLOCKDATA || type === TC_BLOCKDATALONG;
      contents.push(block ? this.readBlockData(type) : this.readValue());
    }
    this.input.pos++;
    return contents.length === 0 ? NO_CONTENTS : contents;
  }

  private readBlockData(type: number): JavaContent {
    const { input } = this;
    const start = input.filePos;
    input.pos++;
    const length = type === TC_BLOCKDATA ? input.readUnsignedByte(KIND) : input.readCount('Java block data');
    const bytes = input.readBytes(length, 'Java block data');
    return { kind: 'block data', bytes, span: input.spanFrom(start) };
  }

  private readObject(): JavaObject {
    const { input } = this;
    const start = input.filePos - 1;
    const description = this.readDescription();
    const data: JavaClassData[] = [];
    const object: Writable<JavaObject> = { kind: 'object', description, data, span: input.spanFrom(start) };
    this.keep(object);
    for (const owner of hierarchy(description)) {
      const part = this.readClassData(owner);
      if (part.values.length > 0 || part.annotation.length > 0) data.push(part);
    }
    object.span = input.spanFrom(start);
    return object;
  }

  private readClassData(description: JavaClassDescription): JavaClassData {
    const { flags } = description;
    if ((flags & SC_SERIALIZABLE) !== 0) {
      const values = this.readFieldValues(description.fields);
      const annotation = (flags & SC_WRITE_METHOD) !== 0 ? this.readAnnotation() : NO_CONTENTS;
      return { description, values, annotation };
    }
    if ((flags & SC_EXTERNALIZABLE) === 0) return { description, values: [], annotation: NO_CONTENTS };
    if ((flags & SC_BLOCK_DATA) === 0) {
      const reason = `an externalizable ${description.name} of protocol version 1 does not tell where it ends`;
      throw this.input.error('NOT_SUPPORTED', KIND, reason);
    }
    return { description, values: [], annotation: this.readAnnotation() };
  }

  private readFieldValues(fields: readonly JavaField[]): readonly JavaValue[] {
    const values: JavaValue[] = [];
    for (const field of fields) values.push(this.readOfType(field.typeCode));
    return values;
  }

  private readOfType(typeCode: string): JavaValue {
    const { input } = this;
    switch (typeCode) {
      case 'B':
        return input.readByte(KIND);
      case 'C':
        return String.fromCharCode(input.readUnsignedShort(KIND));
      case 'D':
        return input.readDouble(KIND);
      case 'F':
        return input.readFloat(KIND);
      case 'I':
        return input.readInt(KIND);
      case 'J':
        return input.readLong(KIND);
      case 'S':
        return input.readShort(KIND);
      case 'Z':
        return input.readBoolean(KIND);
      default:
        return this.readValue();
    }
  }

  private readArray(): JavaArray {
    const { input } = this;
    const start = input.filePos - 1;
    const description = this.readDescription();
    const typeCode = description.name.charAt(1);
    if (description.name.charAt(0) !== '[' || typeCode === '') {
      throw this.bad(`the class ${description.name} of an array is not an array class`);
    }
    const elements: JavaValue[] = [];
    const array: Writable<JavaArray> = { kind: 'array', description, elements, span: input.spanFrom(start) };
    this.keep(array);
    const size = input.readCount('Java array', PRIMITIVE_SIZE.get(typeCode) ?? 1);
    if (typeCode === 'B') array.elements = input.readBytes(size, 'Java array');
    else for (let i = 0; i < size; i++) elements.push(this.readOfType(typeCode));
    array.span = input.spanFrom(start);
    return array;
  }

  private readEnum(): JavaEnum {
    const { input } = this;
    const start = input.filePos - 1;
    const description = this.readDescription();
    const value: Writable<JavaEnum> = {
      kind: 'enum',
      description,
      constant: '',
      span: input.spanFrom(start),
    };
    this.keep(value);
    value.constant = this.readString('the name of an enum constant');
    value.span = input.spanFrom(start);
    return value;
  }
}

const NO_CONTENTS: readonly JavaContent[] = [];

/** The class and all that it extends, topmost first. */
function hierarchy(description: JavaClassDescription): readonly JavaClassDescription[] {
  const classes: JavaClassDescription[] = [];
  for (let at: JavaClassDescription | null = description; at !== null; at = at.superClass) classes.push(at);
  return classes.reverse();
}
