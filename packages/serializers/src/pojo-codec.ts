import type { DataInputView, DataOutputView } from '@statewright/bytes';
import type { OptionalEntry } from './linked-optional-map.js';
import type { Codec, CodecCompiler, SerializerSnapshot } from './model.js';
import { cannotEncode, isFollower, mayRunToLimit, opaqueCodec, opaqueFrom, skipToLimit } from './opaque.js';
import { fillFollowers, recordParts } from './sequence.js';
import type { PojoSnapshot } from './snapshots/pojo.js';
import { specializeFlagged, specializeFlaggedSkip } from './specialize.js';
import { Opaque, type RecordShape, RecordValue } from './values.js';

const KIND = 'PojoSerializer';
const IS_NULL = 1;
const NO_SUBCLASS = 2;
const IS_SUBCLASS = 4;
const IS_TAGGED_SUBCLASS = 8;

type Subclass = { readonly name: string; readonly codec: Codec | undefined };

/** The subclasses of a POJO: by tag those that were registered, by name all. */
interface Subclasses {
  readonly byTag: readonly Subclass[];
  readonly byName: ReadonlyMap<string, Subclass>;
}

/**
 *     i8 flags               1 null; 2 no subclass; 4 subclass by name; 8 subclass by tag
 *     flags 2: per field     bool isNull, [value]; in the order of the snapshot
 *     flags 4:               utf subclass, then the whole output of the subclass's serializer
 *     flags 8:               i8 tag, then the same
 *
 * Follows `org.apache.flink.api.java.typeutils.runtime.PojoSerializer`, Flink 1.20. A subclass that the snapshot lacks
 * makes the value Opaque up to the limit.
 */
export function pojoCodec(snapshot: PojoSnapshot, compiler: CodecCompiler): Codec {
  const shape: RecordShape = {
    className: snapshot.pojoClass,
    names: snapshot.fields.map((field) => field.name),
  };
  const codecs = snapshot.fields.map(({ name, value }) =>
    value === undefined ? opaqueCodec(MISSING, undefined, '') : compiler.compile(value, name),
  );
  const subclasses = compileSubclasses(snapshot, compiler);
  const other = (input: DataInputView) => readOther(input, snapshot.pojoClass, subclasses);
  const finish = (fields: unknown[]) => new RecordValue(shape, fields);
  const parts = recordParts(compiler, codecs, finish);
  const loop = (input: DataInputView) =>
    peekFlags(input) === NO_SUBCLASS ? finish(readFields(input, codecs)) : other(input);
  return {
    length: -1,
    delimited: codecs.every((codec) => codec.delimited) && all(subclasses).every(isDelimited),
    mayRunToLimit: true,
    minLength: 1,
    read: specializeFlagged(parts, NO_SUBCLASS, other) ?? loop,
    write: (output, value) => writePojo(output, value, shape, codecs, subclasses),
    skip: pojoSkipper(compiler, codecs, subclasses),
  };
}

const MISSING = 'the snapshot does not hold the serializer of this field';

function compileSubclasses(snapshot: PojoSnapshot, compiler: CodecCompiler): Subclasses {
  const compile = ({ name, value }: OptionalEntry<Uint8Array, SerializerSnapshot>): Subclass => ({
    name,
    codec: value === undefined ? undefined : compiler.compile(value, name),
  });
  const byTag = snapshot.registeredSubclasses.map(compile);
  const others = snapshot.otherSubclasses.map(compile);
  return { byTag, byName: new Map([...byTag, ...others].map((subclass) => [subclass.name, subclass])) };
}

function all(subclasses: Subclasses): Subclass[] {
  return [...subclasses.byName.values()];
}

function isDelimited({ codec }: Subclass): boolean {
  return codec?.delimited ?? true;
}

function peekFlags(input: DataInputView): number {
  input.need(1, KIND);
  const flags = input.bytes[input.pos]!;
  if (flags === NO_SUBCLASS) input.pos++;
  return flags;
}

function readFields(input: DataInputView, codecs: readonly Codec[]): unknown[] {
  const fields: unknown[] = [];
  for (const codec of codecs) {
    fields.push(input.readBoolean(KIND) ? null : codec.read(input));
    if (mayRunToLimit(codec) && input.openEnd === input.pos)
      return fillFollowers(input, fields, codecs.length);
  }
  return fields;
}

/** A value that is not simply of the declared class. */
function readOther(input: DataInputView, pojoClass: string, subclasses: Subclasses): unknown {
  const start = input.pos;
  const flags = input.readByte(KIND);
  if (flags === IS_NULL) return null;
  const subclass = readSubclass(input, flags, subclasses);
  if (subclass.codec === undefined) {
    const why = `the snapshot of ${pojoClass} does not hold the serializer of this subclass`;
    return opaqueFrom(input, start, why, subclass.name, KIND);
  }
  const value = subclass.codec.read(input);
  if (value instanceof RecordValue) return new RecordValue(value.shape, value.fields, subclass.name);
  return wrapOpaque(input, start, value, subclass.name);
}

/** A subclass instance that is not a record: all its bytes, from the flags on, as its serializer gives no more. */
function wrapOpaque(input: DataInputView, start: number, value: unknown, className: string): Opaque {
  const span = input.spanFrom(input.fileOffset + start);
  const bytes = input.bytes.slice(start, input.pos);
  if (value instanceof Opaque) return new Opaque(bytes, span, value.why, className, value.serializer);
  return new Opaque(
    bytes,
    span,
    'a subclass instance that its serializer does not write as a record',
    className,
    KIND,
  );
}

function readSubclass(input: DataInputView, flags: number, subclasses: Subclasses): Subclass {
  if (flags === IS_SUBCLASS) {
    const name = input.readUTF('POJO subclass');
    return subclasses.byName.get(name) ?? { name, codec: undefined };
  }
  if (flags !== IS_TAGGED_SUBCLASS) {
    input.pos--;
    throw input.error('BAD_VALUE', KIND, `flags ${flags} are found but 1, 2, 4 or 8 is expected`);
  }
  const tag = input.readByte(KIND);
  const subclass = subclasses.byTag[tag];
  if (subclass !== undefined) return subclass;
  input.pos--;
  const reason = `subclass tag ${tag} is found but ${subclasses.byTag.length} subclasses are registered`;
  throw input.error('BAD_VALUE', KIND, reason);
}

function writePojo(
  output: DataOutputView,
  value: unknown,
  shape: RecordShape,
  codecs: readonly Codec[],
  subclasses: Subclasses,
): void {
  if (value === null) output.writeByte(IS_NULL);
  else if (value instanceof Opaque) output.writeBytes(value.bytes);
  else if (!(value instanceof RecordValue)) throw cannotEncode(KIND, `a record of ${shape.className}`, value);
  else if (value.subclass === undefined) writeFields(output, value, codecs);
  else writeSubclass(output, value, value.subclass, subclasses);
}

function writeFields(output: DataOutputView, value: RecordValue, codecs: readonly Codec[]): void {
  if (value.fields.length !== codecs.length) {
    throw cannotEncode(KIND, `a record of ${codecs.length} fields (this has ${value.fields.length})`, value);
  }
  output.writeByte(NO_SUBCLASS);
  for (let i = 0; i < codecs.length; i++) {
    const field = value.fields[i];
    if (isFollower(field)) return;
    output.writeBoolean(field === null);
    if (field !== null) codecs[i]!.write(output, field);
  }
}

function writeSubclass(
  output: DataOutputView,
  value: RecordValue,
  name: string,
  subclasses: Subclasses,
): void {
  const tag = subclasses.byTag.findIndex((subclass) => subclass.name === name);
  const codec = subclasses.byName.get(name)?.codec;
  if (codec === undefined)
    throw cannotEncode(KIND, 'an instance of a subclass that the snapshot holds', value);
  if (tag >= 0) {
    output.writeByte(IS_TAGGED_SUBCLASS);
    output.writeByte(tag);
  } else {
    output.writeByte(IS_SUBCLASS);
    output.writeUTF(name);
  }
  codec.write(output, new RecordValue(value.shape, value.fields));
}

function pojoSkipper(
  compiler: CodecCompiler,
  codecs: readonly Codec[],
  subclasses: Subclasses,
): (input: DataInputView) => void {
  const lengths = codecs.map((codec) => codec.length);
  const skips = codecs.map((codec) => codec.skip);
  const skip =
    specializeFlaggedSkip({ compiler, lengths, skips, open: codecs.map(mayRunToLimit) }) ??
    ((input: DataInputView) => skipFields(input, codecs));
  return (input) => {
    const flags = input.readByte(KIND);
    if (flags === NO_SUBCLASS) skip(input);
    else if (flags !== IS_NULL) skipSubclass(input, readSubclass(input, flags, subclasses));
  };
}

function skipSubclass(input: DataInputView, subclass: Subclass): void {
  if (subclass.codec === undefined) skipToLimit(input);
  else subclass.codec.skip(input);
}

function skipFields(input: DataInputView, codecs: readonly Codec[]): void {
  for (const codec of codecs) {
    if (!input.readBoolean(KIND)) codec.skip(input);
    if (input.openEnd === input.pos && mayRunToLimit(codec)) return;
  }
}
