import {
  type AvroField,
  type AvroPrimitiveName,
  type AvroRecord,
  type AvroType,
  type AvroUnion,
  AvroUnionValue,
  MapValue,
  RecordValue,
} from '@statewright/serializers';
import { defaultValue } from './avro.js';
import { type Fit, Misfit } from './misfit.js';

/** What Avro's schema resolution makes of a pair of schemas. */
export interface AvroResolution {
  readonly fit: Fit;
  /** Why no value, or not every value, can be read with the new schema; one sentence each, with the place. */
  readonly problems: readonly string[];
  /** Fields whose values the new schema has no place for, for example `Order.remark`. */
  readonly dropped: readonly string[];
}

/**
 * Converts decoded values of a writer's schema into those of a reader's: fields by name or alias, defaults for new ones,
 * promotions of numbers and texts, defaults of enums, branches of unions by name and then by promotion. Names are compared
 * without their namespaces. Follows `org.apache.avro.Resolver` and `SchemaCompatibility`, Avro 1.11.
 */
export function resolveAvroValues(writer: AvroType, reader: AvroType): AvroResolution {
  const resolver = new Resolver();
  const fit = resolver.resolve(writer, reader, '');
  return { fit, problems: resolver.problems, dropped: resolver.dropped };
}

const PROMOTIONS: ReadonlyMap<AvroPrimitiveName, readonly AvroPrimitiveName[]> = new Map([
  ['long', ['int']],
  ['float', ['int', 'long']],
  ['double', ['int', 'long', 'float']],
  ['bytes', ['string']],
  ['string', ['bytes']],
]);

const same: Fit = (value) => value;

class Resolver {
  readonly problems: string[] = [];
  readonly dropped: string[] = [];
  private readonly made = new Map<AvroType, Map<AvroType, Fit>>();

  /** The conversion of one pair, made once: recursive schemas meet themselves. */
  resolve(writer: AvroType, reader: AvroType, path: string): Fit {
    const row = this.made.get(writer) ?? new Map<AvroType, Fit>();
    this.made.set(writer, row);
    const known = row.get(reader);
    if (known !== undefined) return known;
    row.set(reader, (value) => row.get(reader)!(value));
    const fit = this.make(writer, reader, path);
    row.set(reader, fit);
    return fit;
  }

  private make(writer: AvroType, reader: AvroType, path: string): Fit {
    if (writer.kind === 'union') return this.fromUnion(writer, reader, path);
    if (reader.kind === 'union') return this.intoUnion(writer, reader, path);
    if (writer.kind === 'record' && reader.kind === 'record') return this.record(writer, reader, path);
    if (writer.kind === 'array' && reader.kind === 'array') {
      return elements(this.resolve(writer.items, reader.items, `${path}[]`));
    }
    if (writer.kind === 'map' && reader.kind === 'map') {
      return items(this.resolve(writer.values, reader.values, `${path}{}`));
    }
    if (writer.kind === 'enum' && reader.kind === 'enum') {
      const known = new Set(reader.symbols);
      const other = reader.default;
      if (writer.symbols.every((symbol) => known.has(symbol))) return same;
      return (value) =>
        known.has(value as string) ? value : (other ?? new Misfit('which is no symbol of the new schema'));
    }
    if (writer.kind === 'fixed' && reader.kind === 'fixed' && writer.size === reader.size) return same;
    if (writer.kind === 'primitive' && reader.kind === 'primitive') {
      const fit = promotion(writer.type, reader.type);
      if (fit !== undefined) return fit;
    }
    return this.problem(path, `${nameOf(writer)} cannot be read as ${nameOf(reader)}`);
  }

  private problem(path: string, reason: string): Fit {
    this.problems.push(path === '' ? reason : `${path}: ${reason}`);
    return () => new Misfit(reason);
  }

  private record(writer: AvroRecord, reader: AvroRecord, path: string): Fit {
    const shape = { className: reader.name, names: reader.fields.map(({ name }) => name) };
    const used = new Set<AvroField>();
    const parts = reader.fields.map((field): ((fields: readonly unknown[]) => unknown) => {
      const place = path === '' ? field.name : `${path}.${field.name}`;
      const from = writer.fields.findIndex(({ name }) => name === field.name || field.aliases.includes(name));
      const source = writer.fields[from];
      if (source !== undefined) {
        used.add(source);
        const fit = this.resolve(source.type, field.type, place);
        return (fields) => fit(fields[from]);
      }
      if (field.default === undefined) {
        this.problem(place, 'the field is new and has no default');
        return () => null;
      }
      const value = defaultValue(field.default, field.type);
      return () => value;
    });
    for (const field of writer.fields) {
      if (!used.has(field)) this.dropped.push(`${path === '' ? '' : `${path}.`}${field.name}`);
    }
    return (value) => {
      const { fields } = value as RecordValue;
      const made: unknown[] = [];
      for (const [i, part] of parts.entries()) {
        const one = part(fields);
        if (one instanceof Misfit) return one.in(shape.names[i]!, null);
        made.push(one);
      }
      return new RecordValue(shape, made);
    };
  }

  private fromUnion(writer: AvroUnion, reader: AvroType, path: string): Fit {
    const before = this.problems.length;
    const fits = writer.branches.map((branch) => this.resolve(branch, reader, path));
    // A branch that no value has may stay without a place, as Avro lets it.
    const problems = this.problems.splice(before);
    if (problems.length >= writer.branches.length) this.problems.push(...problems);
    return (value) => {
      const branch = value instanceof AvroUnionValue ? value.branch : bareBranch(writer, value);
      const inner = value instanceof AvroUnionValue ? value.value : value;
      return fits[branch]!(inner);
    };
  }

  private intoUnion(writer: AvroType, reader: AvroUnion, path: string): Fit {
    const at = branchFor(writer, reader);
    if (at < 0) return this.problem(path, `${nameOf(writer)} is no branch of the new union`);
    const fit = this.resolve(writer, reader.branches[at]!, path);
    return (value) => {
      const made = fit(value);
      return made instanceof Misfit ? made : new AvroUnionValue(at, made);
    };
  }
}

/** The reader's branch for a writer's type: of its name, else a record of its simple name, else one that is wider. */
function branchFor(writer: AvroType, reader: AvroUnion): number {
  const { branches } = reader;
  const exact = branches.findIndex(
    (branch) => nameOf(branch) === nameOf(writer) && branch.kind === writer.kind,
  );
  if (exact >= 0) return exact;
  const simple = branches.findIndex(
    (branch) =>
      branch.kind === writer.kind &&
      'name' in branch &&
      'name' in writer &&
      simpleName(branch.name) === simpleName(writer.name),
  );
  if (simple >= 0 || writer.kind !== 'primitive') return simple;
  return branches.findIndex(
    (branch) => branch.kind === 'primitive' && (PROMOTIONS.get(branch.type)?.includes(writer.type) ?? false),
  );
}

/** The branch of a value that stands alone, because no other has its form; see `unionCodec`. */
function bareBranch({ branches }: AvroUnion, value: unknown): number {
  return branches.findIndex((branch) => isOfBranch(branch, value));
}

function isOfBranch(branch: AvroType, value: unknown): boolean {
  if (branch.kind === 'primitive') return isOfPrimitive(branch.type, value);
  if (branch.kind === 'record') return value instanceof RecordValue && value.shape.className === branch.name;
  if (branch.kind === 'array') return Array.isArray(value);
  if (branch.kind === 'map') return value instanceof MapValue;
  return branch.kind === 'enum' ? typeof value === 'string' : value instanceof Uint8Array;
}

function isOfPrimitive(type: AvroPrimitiveName, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'bytes') return value instanceof Uint8Array;
  if (type === 'long') return typeof value === 'bigint';
  if (type === 'int' || type === 'float' || type === 'double') return typeof value === 'number';
  return typeof value === type;
}

function promotion(writer: AvroPrimitiveName, reader: AvroPrimitiveName): Fit | undefined {
  if (writer === reader) return same;
  if (!PROMOTIONS.get(reader)?.includes(writer)) return undefined;
  if (reader === 'long') return (value) => BigInt(value as number);
  if (reader === 'float') return (value) => Math.fround(Number(value));
  if (reader === 'double') return (value) => Number(value);
  if (reader === 'bytes')
    return (value) => (typeof value === 'string' ? new TextEncoder().encode(value) : value);
  return (value) => new TextDecoder().decode(value as Uint8Array);
}

function elements(fit: Fit): Fit {
  return (value) => {
    const made: unknown[] = [];
    for (const [i, one] of (value as readonly unknown[]).entries()) {
      const now = fit(one);
      if (now instanceof Misfit) return now.in(i, one);
      made.push(now);
    }
    return made;
  };
}

function items(fit: Fit): Fit {
  return (value) => {
    const made: (readonly [unknown, unknown])[] = [];
    for (const [key, one] of (value as MapValue).entries) {
      const now = fit(one);
      if (now instanceof Misfit) return now.in(String(key), one);
      made.push([key, now]);
    }
    return new MapValue(made);
  };
}

function nameOf(type: AvroType): string {
  if (type.kind === 'primitive') return type.type;
  return 'name' in type ? type.name : type.kind;
}

function simpleName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
