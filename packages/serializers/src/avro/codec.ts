import type { DataInputView } from '@statewright/bytes';
import { quoted } from '../class-names.js';
import type { Codec, CodecCompiler } from '../model.js';
import { cannotEncode } from '../opaque.js';
import { sequenceCodec } from '../sequence.js';
import { type RecordShape, RecordValue } from '../values.js';
import { arrayCodec, mapCodec } from './blocks.js';
import { AVRO_PRIMITIVES, enumCodec, fixedCodec } from './primitives.js';
import { type AvroRecord, type AvroType, branchName } from './schema.js';
import { unionCodec } from './union.js';

/** Compiles a schema into the reader and writer of its values. A recursive one is compiled once and refers to itself. */
export function avroCodec(type: AvroType, compiler: CodecCompiler): Codec {
  return new AvroCompiler(compiler).compile(type);
}

class AvroCompiler {
  private readonly made = new Map<AvroType, Codec>();

  constructor(private readonly compiler: CodecCompiler) {}

  compile(type: AvroType): Codec {
    const known = this.made.get(type);
    if (known !== undefined) return known;
    const codec = type.kind === 'record' ? this.record(type) : this.plain(type);
    this.made.set(type, codec);
    return codec;
  }

  /** A child, with a name under which it can be traced. */
  private part(type: AvroType, label: string): Codec {
    return this.compiler.part(this.compile(type), label, type.kind === 'union' ? 'union' : branchName(type));
  }

  private plain(type: Exclude<AvroType, AvroRecord>): Codec {
    switch (type.kind) {
      case 'primitive':
        return AVRO_PRIMITIVES[type.type];
      case 'enum':
        return enumCodec(type);
      case 'fixed':
        return fixedCodec(type);
      case 'array':
        return arrayCodec(this.compiler, this.part(type.items, 'element'));
      case 'map':
        return mapCodec(this.part(type.values, 'value'));
      case 'union':
        return unionCodec(
          type,
          type.branches.map((branch) => this.part(branch, branchName(branch))),
        );
    }
  }

  /** Fields one after the other in the order of the schema. */
  private record(type: AvroRecord): Codec {
    const recursive = new RecursiveCodec(type.minBytes);
    this.made.set(type, recursive);
    const shape: RecordShape = { className: type.name, names: type.fields.map((field) => field.name) };
    const codec = sequenceCodec(this.compiler, {
      codecs: type.fields.map((field) => this.part(field.type, field.name)),
      serializer: 'AvroSerializer',
      finish: (fields) => new RecordValue(shape, fields),
      fieldsOf: (value) => recordFields(value, shape),
    });
    const guarded = withDepth(codec, 'Avro record');
    recursive.target = guarded;
    return guarded;
  }
}

function recordFields(value: unknown, shape: RecordShape): readonly unknown[] | undefined {
  if (!(value instanceof RecordValue)) return undefined;
  if (value.shape === shape || value.shape.names.every((name, i) => name === shape.names[i]))
    return value.fields;
  throw cannotEncode('AvroSerializer', `a record of the fields ${quoted(shape.names.join(', '))}`, value);
}

/** Counts levels of data, so that a recursive value cannot exhaust the stack. */
function withDepth(codec: Codec, kind: string): Codec {
  const { read, skip } = codec;
  return {
    ...codec,
    read(input: DataInputView) {
      input.enter(kind);
      const value = read(input);
      input.leave();
      return value;
    },
    skip(input: DataInputView) {
      input.enter(kind);
      skip(input);
      input.leave();
    },
  };
}

/** Stands for a record's codec inside the record itself, until and after that one is made. */
class RecursiveCodec implements Codec {
  readonly length = -1;
  readonly delimited = true;
  target!: Codec;
  readonly read = (input: DataInputView): unknown => this.target.read(input);
  readonly write: Codec['write'] = (output, value) => this.target.write(output, value);
  readonly skip = (input: DataInputView): void => this.target.skip(input);

  constructor(readonly minLength: number) {}
}
