import { DataOutputView } from '@statewright/bytes';
import type { Codec } from '../model.js';
import { cannotEncode } from '../opaque.js';
import { AvroUnionValue, MapValue, RecordValue } from '../values.js';
import type { AvroType, AvroUnion } from './schema.js';

const KIND = 'Avro union';

/** How the values of a branch look when they stand alone. Branches of one form cannot be told apart by their values. */
type Form =
  | 'null'
  | 'boolean'
  | 'number'
  | 'bigint'
  | 'string'
  | 'bytes'
  | 'array'
  | 'map'
  | `record ${string}`;

function formOf(type: Exclude<AvroType, AvroUnion>): Form {
  switch (type.kind) {
    case 'primitive':
      if (type.type === 'long') return 'bigint';
      return type.type === 'int' || type.type === 'float' || type.type === 'double' ? 'number' : type.type;
    case 'record':
      return `record ${type.name}`;
    case 'enum':
      return 'string';
    case 'fixed':
      return 'bytes';
    default:
      return type.kind;
  }
}

function formOfValue(value: unknown): Form | undefined {
  if (value === null) return 'null';
  if (value instanceof Uint8Array) return 'bytes';
  if (Array.isArray(value)) return 'array';
  if (value instanceof MapValue) return 'map';
  if (value instanceof RecordValue) return `record ${value.shape.className ?? ''}`;
  const type = typeof value;
  return type === 'boolean' || type === 'number' || type === 'bigint' || type === 'string' ? type : undefined;
}

/**
 *     i32 branch             position in the union
 *     value                  of that branch
 *
 * The value is the branch's own. Where that would not tell the branch (the second of two numbers, a string that could be
 * an enum's constant), it is an AvroUnionValue, so that it is written back as what it was. When writing, a bare value goes
 * to the first branch that takes it.
 */
export function unionCodec(union: AvroUnion, codecs: readonly Codec[]): Codec {
  const forms = union.branches.map(formOf);
  /** Whether a branch is the first of its form. */
  const bare = forms.map((form, i) => forms.indexOf(form) === i);
  const reads = codecs.map((codec) => codec.read);
  const candidates = new Map(
    forms.map((form) => [form, forms.flatMap((one, i) => (one === form ? [i] : []))]),
  );
  const branchError = (branch: number) => `branch ${branch} of a union that has ${codecs.length}`;
  return {
    length: -1,
    delimited: true,
    minLength: 4,
    read(input) {
      const branch = input.readInt(KIND);
      const read = reads[branch];
      if (read === undefined) {
        input.pos -= 4;
        throw input.error('BAD_VALUE', KIND, branchError(branch), 4);
      }
      const value = read(input);
      const plain = bare[branch] && !(forms[branch] === 'string' && typeof value !== 'string');
      return plain ? value : new AvroUnionValue(branch, value);
    },
    write(output, value) {
      const branch = value instanceof AvroUnionValue ? value.branch : branchFor(candidates, codecs, value);
      const codec = codecs[branch];
      if (codec === undefined) throw cannotEncode(KIND, `a value of one of ${codecs.length} branches`, value);
      output.writeInt(branch);
      codec.write(output, value instanceof AvroUnionValue ? value.value : value);
    },
    skip(input) {
      const branch = input.readInt(KIND);
      const codec = codecs[branch];
      if (codec === undefined) {
        input.pos -= 4;
        throw input.error('BAD_VALUE', KIND, branchError(branch), 4);
      }
      codec.skip(input);
    },
  };
}

/** The first branch that takes a bare value, -1 when none does. A number that is not whole passes an int by. */
function branchFor(
  candidates: ReadonlyMap<Form, readonly number[]>,
  codecs: readonly Codec[],
  value: unknown,
): number {
  const form = formOfValue(value);
  const branches = (form === undefined ? undefined : candidates.get(form)) ?? [];
  if (branches.length < 2) return branches[0] ?? -1;
  return branches.find((i) => takes(codecs[i]!, value)) ?? -1;
}

/** Only numbers, texts and bytes have several candidates, so that a trial costs little. */
function takes(codec: Codec, value: unknown): boolean {
  try {
    codec.write(new DataOutputView(), value);
    return true;
  } catch {
    return false;
  }
}
