import { DataInputView, decodeModifiedUtf8 } from '@statewright/bytes';

const KIND = 'class file';
const MAGIC = 0xcafebabe;

/** Access flags of classes and fields: The Java Virtual Machine Specification, tables 4.1-B and 4.5-A. */
export const ACCESS = {
  STATIC: 0x0008,
  FINAL: 0x0010,
  TRANSIENT: 0x0080,
  INTERFACE: 0x0200,
  ABSTRACT: 0x0400,
  SYNTHETIC: 0x1000,
  ENUM: 0x4000,
} as const;

/** What a class file says of one field. */
export interface ClassFileField {
  readonly access: number;
  readonly name: string;
  readonly descriptor: string;
  /** With type arguments and variables, where there are any. */
  readonly signature: string | undefined;
  /** Descriptors of the annotations that are there at run time. */
  readonly annotations: readonly string[];
}

/** What a class file says of its class; names are binary names with dots. */
export interface ClassFile {
  readonly access: number;
  readonly className: string;
  /** Undefined for java.lang.Object and module descriptors. */
  readonly superName: string | undefined;
  readonly interfaces: readonly string[];
  readonly fields: readonly ClassFileField[];
  readonly signature: string | undefined;
  readonly annotations: readonly string[];
}

/** Bytes of a constant's content by its tag; undefined for Utf8, whose length is in it. */
const CONSTANT_BYTES: ReadonlyMap<number, number> = new Map([
  [3, 4],
  [4, 4],
  [5, 8],
  [6, 8],
  [7, 2],
  [8, 2],
  [9, 4],
  [10, 4],
  [11, 4],
  [12, 4],
  [15, 3],
  [16, 2],
  [17, 4],
  [18, 4],
  [19, 2],
  [20, 2],
]);

/** Looks texts up in the constant pool. */
interface Pool {
  text(index: number): string;
  /** The name of a class constant, with dots; undefined for index 0. */
  className(index: number): string | undefined;
}

/**
 *     u32 magic 0xCAFEBABE, u16 minor, u16 major
 *     constant pool, u16 access, u16 this class, u16 superclass, u16 n, n x u16 interface
 *     u16 n, n x field; u16 n, n x method; u16 n, n x attribute
 *
 * Follows The Java Virtual Machine Specification, chapter 4, Java SE 21. Nothing is loaded or run.
 */
export function readClassFile(bytes: Uint8Array, file: string): ClassFile {
  const input = new DataInputView(bytes, file);
  const magic = input.readInt(KIND) >>> 0;
  if (magic !== MAGIC) {
    input.pos = 0;
    const reason = `magic number 0x${magic.toString(16)} is found but 0xcafebabe is expected`;
    throw input.error('BAD_MAGIC', KIND, reason, 4);
  }
  input.skip(4, KIND);
  const pool = readPool(input);
  const access = input.readUnsignedShort(KIND);
  const className = pool.className(input.readUnsignedShort(KIND)) ?? '';
  const superName = pool.className(input.readUnsignedShort(KIND));
  const interfaces = repeat(input, () => pool.className(input.readUnsignedShort(KIND)) ?? '');
  const fields = repeat(input, () => readField(input, pool));
  repeat(input, () => {
    input.skip(6, KIND);
    readAttributes(input, pool);
  });
  return { access, className, superName, interfaces, fields, ...readAttributes(input, pool) };
}

function repeat<T>(input: DataInputView, read: () => T): T[] {
  const count = input.readUnsignedShort(KIND);
  const found: T[] = [];
  for (let i = 0; i < count; i++) found.push(read());
  return found;
}

/** `u16 n`, then constants 1 to n - 1: `u8 tag`, content; a long or a double counts twice. */
function readPool(input: DataInputView): Pool {
  const count = input.readUnsignedShort(KIND);
  const texts = new Map<number, string>();
  const classes = new Map<number, number>();
  for (let index = 1; index < count; index++) {
    const tag = input.readUnsignedByte(KIND);
    if (tag === 1) texts.set(index, readUtf8(input));
    else if (tag === 7) classes.set(index, input.readUnsignedShort(KIND));
    else skipConstant(input, tag);
    if (tag === 5 || tag === 6) index++;
  }
  const text = (index: number): string => {
    const found = texts.get(index);
    if (found !== undefined) return found;
    throw input.error('BAD_VALUE', KIND, `constant ${index} is no text`, 0);
  };
  const className = (index: number): string | undefined => {
    if (index === 0) return undefined;
    const found = classes.get(index);
    if (found !== undefined) return text(found).replaceAll('/', '.');
    throw input.error('BAD_VALUE', KIND, `constant ${index} is no class`, 0);
  };
  return { text, className };
}

function readUtf8(input: DataInputView): string {
  const bytes = input.readBytes(input.readUnsignedShort(KIND), KIND);
  const text = decodeModifiedUtf8(bytes, 0, bytes.length);
  if (text !== undefined) return text;
  throw input.error('BAD_VALUE', KIND, `the ${bytes.length} bytes of a text are not modified UTF-8`, 0);
}

function skipConstant(input: DataInputView, tag: number): void {
  const length = CONSTANT_BYTES.get(tag);
  if (length === undefined) throw input.error('BAD_VALUE', KIND, `constant tag ${tag} is not known`, 0);
  input.skip(length, KIND);
}

function readField(input: DataInputView, pool: Pool): ClassFileField {
  const access = input.readUnsignedShort(KIND);
  const name = pool.text(input.readUnsignedShort(KIND));
  const descriptor = pool.text(input.readUnsignedShort(KIND));
  return { access, name, descriptor, ...readAttributes(input, pool) };
}

interface Attributes {
  readonly signature: string | undefined;
  readonly annotations: readonly string[];
}

/** `u16 n`, n x (`u16 name, u32 length, bytes`): of those, Signature and RuntimeVisibleAnnotations. */
function readAttributes(input: DataInputView, pool: Pool): Attributes {
  let signature: string | undefined;
  let annotations: readonly string[] = [];
  repeat(input, () => {
    const name = pool.text(input.readUnsignedShort(KIND));
    const length = input.readInt(KIND) >>> 0;
    input.need(length, KIND);
    const end = input.pos + length;
    if (name === 'Signature') signature = pool.text(input.readUnsignedShort(KIND));
    if (name === 'RuntimeVisibleAnnotations') annotations = repeat(input, () => readAnnotation(input, pool));
    input.pos = end;
  });
  return { signature, annotations };
}

/** `u16 type, u16 n, n x (u16 name, value)`: the type. */
function readAnnotation(input: DataInputView, pool: Pool): string {
  const type = pool.text(input.readUnsignedShort(KIND));
  repeat(input, () => {
    input.skip(2, KIND);
    skipElement(input, pool);
  });
  return type;
}

/** An annotation's value: `u8 tag` and, by that, an enum's two names, another annotation, values, or one index. */
function skipElement(input: DataInputView, pool: Pool): void {
  input.enter(KIND);
  const tag = String.fromCharCode(input.readUnsignedByte(KIND));
  if (tag === 'e') input.skip(4, KIND);
  else if (tag === '@') readAnnotation(input, pool);
  else if (tag === '[') repeat(input, () => skipElement(input, pool));
  else input.skip(2, KIND);
  input.leave();
}
