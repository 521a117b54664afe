import type { DataInputView, DataOutputView } from '@statewright/bytes';
import { listHash } from './codecs/java-hash.js';
import { claimEmpty, minLengthOf } from './counts.js';
import type { Codec, CodecCompiler } from './model.js';
import { cannotEncode, followsOpaque, isFollower, mayRunToLimit } from './opaque.js';
import { type RecordParts, specializeSequence } from './specialize.js';

/** How a sequence of fields becomes a value and back. */
export interface SequenceParts {
  readonly codecs: readonly Codec[];
  /** Simple name of the serializer, for messages. */
  readonly serializer: string;
  readonly finish: (fields: unknown[]) => unknown;
  /** The fields of a value, or undefined when it is not of this kind. */
  fieldsOf(value: unknown): readonly unknown[] | undefined;
}

/** Stand-ins for the fields that an open one has swallowed. */
export function fillFollowers(input: DataInputView, fields: unknown[], arity: number): unknown[] {
  while (fields.length < arity) fields.push(followsOpaque(input));
  return fields;
}

/** What the record readers of `specialize.ts` need, from codecs. */
export function recordParts(
  compiler: CodecCompiler,
  codecs: readonly Codec[],
  finish: (fields: unknown[]) => unknown,
): RecordParts {
  return {
    compiler,
    reads: codecs.map((codec) => codec.read),
    open: codecs.map(mayRunToLimit),
    rest: (input, fields) => fillFollowers(input, fields, codecs.length),
    finish,
  };
}

/** Fields one after the other without null flags, as `TupleSerializer` and the CEP serializers write them. */
export function sequenceCodec(compiler: CodecCompiler, parts: SequenceParts): Codec {
  const { codecs, serializer, finish } = parts;
  const arity = codecs.length;
  const record = recordParts(compiler, codecs, finish);
  const minLength = codecs.reduce((sum, codec) => sum + minLengthOf(codec), 0);
  const mayBeEmpty = minLength > 0 ? undefined : { serializer, arity };
  return {
    length: -1,
    delimited: codecs.every((codec) => codec.delimited),
    mayRunToLimit: codecs.some(mayRunToLimit),
    minLength,
    read: counted(
      specializeSequence(record) ?? ((input) => finish(readLoop(input, record, arity))),
      mayBeEmpty,
    ),
    write(output, value) {
      writeFields(output, codecs, requireFields(parts.fieldsOf(value), value, arity, serializer));
    },
    skip: counted(skipper(codecs), mayBeEmpty),
  };
}

/** Counts the fields of a record that took no bytes: a list may hold a million of those, and they weigh more than one. */
function counted<R>(
  read: (input: DataInputView) => R,
  mayBeEmpty: { readonly serializer: string; readonly arity: number } | undefined,
): (input: DataInputView) => R {
  if (mayBeEmpty === undefined) return read;
  return (input) => {
    const start = input.pos;
    const value = read(input);
    if (input.pos === start) claimEmpty(input, mayBeEmpty.serializer, mayBeEmpty.arity);
    return value;
  };
}

function readLoop(input: DataInputView, { reads, open, rest }: RecordParts, arity: number): unknown[] {
  const fields: unknown[] = [];
  for (let i = 0; i < arity; i++) {
    fields.push(reads[i]!(input));
    if (open[i] && input.openEnd === input.pos) return rest(input, fields);
  }
  return fields;
}

/** The fields, checked for kind and number. */
export function requireFields(
  fields: readonly unknown[] | undefined,
  value: unknown,
  arity: number,
  serializer: string,
): readonly unknown[] {
  if (fields === undefined) throw cannotEncode(serializer, `a value with ${arity} fields`, value);
  if (fields.length === arity) return fields;
  throw cannotEncode(serializer, `a value with ${arity} fields (this has ${fields.length})`, value);
}

/** Writes fields up to the first that an opaque one had swallowed. */
export function writeFields(
  output: DataOutputView,
  codecs: readonly Codec[],
  fields: readonly unknown[],
): void {
  for (let i = 0; i < codecs.length; i++) {
    if (isFollower(fields[i])) return;
    codecs[i]!.write(output, fields[i]);
  }
}

/** Skips values one after the other, neighbours of fixed length at once. */
export function skipper(codecs: readonly Codec[]): (input: DataInputView) => void {
  const steps: (number | Codec)[] = [];
  for (const codec of codecs) {
    const last = steps.at(-1);
    if (codec.length < 0) steps.push(codec);
    else if (typeof last === 'number') steps[steps.length - 1] = last + codec.length;
    else steps.push(codec.length);
  }
  const open = codecs.some(mayRunToLimit);
  return (input) => {
    for (const step of steps) {
      if (typeof step === 'number') input.skip(step);
      else step.skip(input);
      if (open && input.openEnd === input.pos) return;
    }
  };
}

/** The hashes of fields by their codecs. */
export function fieldHashes(codecs: readonly Codec[], fields: readonly unknown[]): (number | undefined)[] {
  return codecs.map((codec, i) => codec.hash?.(fields[i]));
}

/** `Tuple#hashCode`: 31-hash from 0 over the fields, null as 0. */
export function tupleHash(codecs: readonly Codec[], fields: readonly unknown[]): number | undefined {
  return listHash(fieldHashes(codecs, fields), 0);
}
