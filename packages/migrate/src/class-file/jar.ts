import { inflateRawSync } from 'node:zlib';
import { DataInputView } from '@statewright/bytes';

const KIND = 'jar';
const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
/** The end of the directory without its comment, and with the longest one. */
const END_BYTES = 22;
const MOST_END_BYTES = END_BYTES + 0xffff;
/** Bytes of one class; javac makes none beyond this. */
const MAX_CLASS = 1 << 24;

/** An entry of a jar; its bytes are unpacked when they are asked for. */
export interface JarEntry {
  readonly name: string;
  read(): Uint8Array;
}

/**
 * The entries of a jar.
 *
 *     files, each behind a head of its own
 *     directory: entries (u32 0x02014B50 ...) with name, method, sizes and the offset of the file's head
 *     end: u32 0x06054B50, u16 disk, u16 disk, u16 entries, u16 entries, u32 size, u32 offset of the directory, comment
 *
 * All numbers are little-endian. Follows PKWARE's APPNOTE 6.3; ZIP64, encryption and methods other than stored and
 * deflated are NOT_SUPPORTED.
 */
export function readJar(bytes: Uint8Array, file: string): readonly JarEntry[] {
  const input = new DataInputView(bytes, file);
  const end = findEnd(input);
  const count = input.data.getUint16(end + 10, true);
  const offset = input.data.getUint32(end + 16, true);
  if (count === 0xffff || offset === 0xffffffff) {
    throw input.error('NOT_SUPPORTED', KIND, 'the jar is in the ZIP64 format', 0);
  }
  seek(input, offset);
  const entries: JarEntry[] = [];
  for (let i = 0; i < count; i++) entries.push(readEntry(input));
  return entries;
}

/** Whether bytes begin like a jar's. */
export function isJar(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

function findEnd(input: DataInputView): number {
  const least = Math.max(0, input.limit - MOST_END_BYTES);
  for (let at = input.limit - END_BYTES; at >= least; at--) {
    if (input.data.getUint32(at, true) === END_OF_DIRECTORY) return at;
  }
  throw input.error('BAD_MAGIC', KIND, 'the end of a jar with its directory is not found', 0);
}

function seek(input: DataInputView, offset: number): void {
  input.pos = 0;
  input.skip(offset, KIND);
}

/** Reads the part of a fixed length, and gives where it begins. */
function readHead(input: DataInputView, magic: number, length: number): number {
  const start = input.pos;
  input.skip(length, KIND);
  const found = input.data.getUint32(start, true);
  if (found === magic) return start;
  input.pos = start;
  const reason = `magic number 0x${found.toString(16)} is found but 0x${magic.toString(16)} is expected`;
  throw input.error('BAD_MAGIC', KIND, reason, 4);
}

function readEntry(input: DataInputView): JarEntry {
  const head = readHead(input, DIRECTORY_ENTRY, 46);
  const short = (at: number): number => input.data.getUint16(head + at, true);
  const name = new TextDecoder().decode(input.readBytes(short(28), KIND));
  input.skip(short(30) + short(32), KIND);
  const packed = input.data.getUint32(head + 20, true);
  const size = input.data.getUint32(head + 24, true);
  const local = input.data.getUint32(head + 42, true);
  const encrypted = (short(8) & 1) !== 0;
  const method = encrypted ? -1 : short(10);
  return { name, read: () => unpack(input, { name, method, packed, size, local }) };
}

interface Place {
  readonly name: string;
  /** 0 stored, 8 deflated; -1 for an encrypted one. */
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly local: number;
}

function unpack(input: DataInputView, { name, method, packed, size, local }: Place): Uint8Array {
  seek(input, local);
  const head = readHead(input, LOCAL_ENTRY, 30);
  input.skip(input.data.getUint16(head + 26, true) + input.data.getUint16(head + 28, true), KIND);
  const bytes = input.readBytes(packed, KIND);
  if (method === 0) return bytes;
  if (method !== 8) {
    throw input.error('NOT_SUPPORTED', KIND, `${JSON.stringify(name)} is neither stored nor deflated`, 0);
  }
  try {
    return inflateRawSync(bytes, { maxOutputLength: Math.min(Math.max(size, 1), MAX_CLASS) });
  } catch {
    throw input.error('BAD_VALUE', KIND, `${JSON.stringify(name)} cannot be unpacked to ${size} bytes`, 0);
  }
}
