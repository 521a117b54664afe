/*
 * The Java Object Serialization Stream Protocol, version 2 (java.io.ObjectStreamConstants), all big-endian:
 *
 *   stream      u16 AC ED, u16 5, content
 *   content     70 null
 *               71 reference: i32 handle, 7E0000 + position in the order in which handles are given out
 *               72 class description: utf name, i64 serialVersionUID, <handle>, u8 flags, u16 n, n fields, annotation, super
 *               73 object: class description, <handle>, class data from the topmost class down
 *               74 string: <handle>, utf                   7C long string: <handle>, i64 length, modified UTF-8
 *               75 array: class description, <handle>, i32 size, elements
 *               76 class: class description, <handle>
 *               77 block data: u8 length, bytes            7A long block data: i32 length, bytes
 *               79 reset: all handles are forgotten; only before an object of the top level
 *               7B exception: the writer failed
 *               7D proxy class description: <handle>, i32 n, n utf interface names, annotation, super
 *               7E enum: class description, <handle>, string
 *   field       u8 type code, utf name, for [ and L: string with the signature
 *   annotation  contents until 78
 *   super       a class description, a reference to one, or null
 *   class data  serializable (flag 2): values, and an annotation if flag 1
 *               externalizable (flag 4): an annotation if flag 8, else bytes whose end nothing tells (protocol 1)
 *   values      primitive fields and references in the order of the fields
 */

export const STREAM_MAGIC = 0xaced;
export const STREAM_VERSION = 5;
export const FIRST_HANDLE = 0x7e0000;
export const TC_NULL = 0x70;
export const TC_REFERENCE = 0x71;
export const TC_CLASSDESC = 0x72;
export const TC_OBJECT = 0x73;
export const TC_STRING = 0x74;
export const TC_ARRAY = 0x75;
export const TC_CLASS = 0x76;
export const TC_BLOCKDATA = 0x77;
export const TC_ENDBLOCKDATA = 0x78;
export const TC_RESET = 0x79;
export const TC_BLOCKDATALONG = 0x7a;
export const TC_EXCEPTION = 0x7b;
export const TC_LONGSTRING = 0x7c;
export const TC_PROXYCLASSDESC = 0x7d;
export const TC_ENUM = 0x7e;
export const SC_WRITE_METHOD = 0x01;
export const SC_SERIALIZABLE = 0x02;
export const SC_EXTERNALIZABLE = 0x04;
export const SC_BLOCK_DATA = 0x08;
