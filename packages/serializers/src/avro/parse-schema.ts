import { MAX_DEPTH, type Span, StatewrightError } from '@statewright/bytes';
import { quoted } from '../class-names.js';
import {
  type AvroField,
  type AvroLogicalType,
  type AvroPrimitiveName,
  type AvroType,
  type AvroUnion,
  branchName,
} from './schema.js';

const KIND = 'Avro schema';
/** Least bytes of a value. */
const PRIMITIVES: ReadonlyMap<string, number> = new Map<AvroPrimitiveName, number>([
  ['null', 0],
  ['boolean', 1],
  ['int', 4],
  ['long', 8],
  ['float', 4],
  ['double', 8],
  ['bytes', 4],
  ['string', 4],
]);
/**
 * How many nodes a value may have that its bytes do not pay for (nulls, records of nothing). A few lines of schema can
 * ask for 2^500 of them: a record of two records of two records ...
 */
const MAX_FREE_NODES = 1 << 16;

type Json = { readonly [name: string]: unknown };

/** What is known of a finished type: how deep it nests, and how many nodes and bytes a value has at least. */
interface Measure {
  readonly height: number;
  readonly nodes: number;
  readonly bytes: number;
}

function leaf(bytes: number): Measure {
  return { height: 1, nodes: 1, bytes };
}

/**
 * Parses a schema as `org.apache.avro.Schema#toString` writes it. BAD_VALUE when it is none, TOO_DEEP when it nests too
 * deeply. Names stay data: they are compared, never run. Follows `org.apache.avro.Schema.Parser`, Avro 1.11.
 */
export function parseAvroSchema(text: string, span: Span): AvroType {
  return new SchemaParser(span).parse(text);
}

class SchemaParser {
  private readonly named = new Map<string, AvroType>();
  /** A named type is here once it is complete; a reference to it before that is recursive and weighs nothing. */
  private readonly measures = new Map<AvroType, Measure>();
  private depth = 0;

  constructor(private readonly span: Span) {}

  parse(text: string): AvroType {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch (cause) {
      throw this.bad(`the schema is not JSON: ${quoted((cause as Error).message)}`);
    }
    return this.type(json, '');
  }

  private bad(reason: string): StatewrightError {
    return new StatewrightError('BAD_VALUE', { span: this.span, kind: KIND, reason });
  }

  private type(json: unknown, namespace: string): AvroType {
    if (++this.depth > MAX_DEPTH) throw this.tooDeep();
    const type = this.structure(json, namespace);
    this.depth--;
    return type;
  }

  private tooDeep(): StatewrightError {
    const reason = `the schema nests deeper than ${MAX_DEPTH} levels`;
    return new StatewrightError('TOO_DEEP', { span: this.span, kind: KIND, reason });
  }

  private structure(json: unknown, namespace: string): AvroType {
    if (typeof json === 'string') return this.reference(json, namespace, undefined);
    if (Array.isArray(json)) return this.union(json, namespace);
    if (typeof json !== 'object' || json === null)
      throw this.bad('a type is neither a name nor an object nor a union');
    const schema = json as Json;
    const logicalType = logicalTypeOf(schema);
    switch (schema.type) {
      case 'record':
      case 'error':
        return this.record(schema, namespace, logicalType);
      case 'enum':
        return this.enumeration(schema, namespace, logicalType);
      case 'fixed':
        return this.fixed(schema, namespace, logicalType);
      case 'array': {
        const items = this.type(schema.items, namespace);
        return this.wrap({ kind: 'array', items, logicalType }, items);
      }
      case 'map': {
        const values = this.type(schema.values, namespace);
        return this.wrap({ kind: 'map', values, logicalType }, values);
      }
      default:
        return this.byTypeAttribute(schema, namespace, logicalType);
    }
  }

  /** `{"type": X}` where X is a name, or a whole type once more. */
  private byTypeAttribute(
    schema: Json,
    namespace: string,
    logicalType: AvroLogicalType | undefined,
  ): AvroType {
    if (typeof schema.type === 'string') return this.reference(schema.type, namespace, logicalType);
    if (schema.type === undefined) throw this.bad('a type has no "type"');
    return this.type(schema.type, namespace);
  }

  private reference(name: string, namespace: string, logicalType: AvroLogicalType | undefined): AvroType {
    const bytes = PRIMITIVES.get(name);
    if (bytes !== undefined) {
      return this.measured({ kind: 'primitive', type: name as AvroPrimitiveName, logicalType }, leaf(bytes));
    }
    const found = this.named.get(fullName(name, namespace)) ?? this.named.get(name);
    if (found === undefined) throw this.bad(`the type ${quoted(name)} is not defined`);
    return found;
  }

  /** An array or map: its values are paid for by the bytes of a count. */
  private wrap<T extends AvroType>(type: T, inner: AvroType): T {
    return this.measured(type, { height: 1 + this.measure(inner).height, nodes: 1, bytes: 1 });
  }

  private union(json: readonly unknown[], namespace: string): AvroType {
    const branches = json.map((branch) => this.branch(branch, namespace));
    if (branches.length === 0) throw this.bad('a union has no branches');
    const names = new Set(branches.map(branchName));
    if (names.size !== branches.length) throw this.bad('a union has two branches of one name');
    const height = 1 + branches.reduce((most, branch) => Math.max(most, this.measure(branch).height), 0);
    return this.measured({ kind: 'union', branches, logicalType: undefined }, { height, nodes: 1, bytes: 4 });
  }

  private branch(json: unknown, namespace: string): Exclude<AvroType, AvroUnion> {
    const type = this.type(json, namespace);
    if (type.kind === 'union') throw this.bad('a union is a branch of a union');
    return type;
  }

  private record(schema: Json, enclosing: string, logicalType: AvroLogicalType | undefined): AvroType {
    const name = this.name(schema, enclosing);
    const fields: AvroField[] = [];
    const record = { kind: 'record' as const, name, fields, minBytes: 0, logicalType };
    this.define(name, record);
    if (!Array.isArray(schema.fields)) throw this.bad(`the record ${quoted(name)} has no fields`);
    const namespace = namespaceOf(name);
    const names = new Set<string>();
    for (const json of schema.fields as readonly unknown[]) {
      const field = this.field(json, name, namespace);
      if (names.has(field.name))
        throw this.bad(`the record ${quoted(name)} has two fields ${quoted(field.name)}`);
      names.add(field.name);
      fields.push(field);
    }
    const parts = fields.map((field) => this.measure(field.type));
    record.minBytes = parts.reduce((sum, part) => sum + part.bytes, 0);
    return this.measured(record, {
      height: 1 + parts.reduce((most, part) => Math.max(most, part.height), 0),
      nodes: 1 + parts.reduce((sum, part) => sum + part.nodes, 0),
      bytes: record.minBytes,
    });
  }

  private field(json: unknown, record: string, namespace: string): AvroField {
    const { name, type } = (json ?? {}) as Json;
    if (typeof name !== 'string') throw this.bad(`a field of ${quoted(record)} has no name`);
    return { name, type: this.type(type, namespace) };
  }

  private enumeration(schema: Json, namespace: string, logicalType: AvroLogicalType | undefined): AvroType {
    const name = this.name(schema, namespace);
    const symbols = schema.symbols;
    if (!Array.isArray(symbols) || !symbols.every((symbol) => typeof symbol === 'string')) {
      throw this.bad(`the enum ${quoted(name)} has no symbols`);
    }
    if (new Set(symbols).size !== symbols.length)
      throw this.bad(`the enum ${quoted(name)} has a symbol twice`);
    return this.measured(this.define(name, { kind: 'enum', name, symbols, logicalType }), leaf(4));
  }

  private fixed(schema: Json, namespace: string, logicalType: AvroLogicalType | undefined): AvroType {
    const name = this.name(schema, namespace);
    const size = schema.size;
    if (typeof size !== 'number' || !Number.isInteger(size) || size < 0 || size > 0x7fffffff) {
      throw this.bad(`the fixed ${quoted(name)} has no size`);
    }
    const type = this.define(name, { kind: 'fixed', name, size, logicalType });
    return this.measured(type, leaf(size));
  }

  private name(schema: Json, enclosing: string): string {
    const { name, namespace } = schema;
    if (typeof name !== 'string' || name === '') throw this.bad('a named type has no name');
    return fullName(name, typeof namespace === 'string' ? namespace : enclosing);
  }

  private define<T extends AvroType>(name: string, type: T): T {
    if (this.named.has(name)) throw this.bad(`the type ${quoted(name)} is defined twice`);
    this.named.set(name, type);
    return type;
  }

  private measure(type: AvroType): Measure {
    return this.measures.get(type) ?? { height: 0, nodes: 0, bytes: 0 };
  }

  private measured<T extends AvroType>(type: T, measure: Measure): T {
    if (measure.height > MAX_DEPTH) throw this.tooDeep();
    if (measure.nodes > MAX_FREE_NODES + 16 * measure.bytes) {
      throw this.bad(`a value would have ${measure.nodes} parts in ${measure.bytes} bytes`);
    }
    this.measures.set(type, measure);
    return type;
  }
}

function fullName(name: string, namespace: string): string {
  return name.includes('.') || namespace === '' ? name : `${namespace}.${name}`;
}

function namespaceOf(name: string): string {
  return name.slice(0, Math.max(name.lastIndexOf('.'), 0));
}

function logicalTypeOf(schema: Json): AvroLogicalType | undefined {
  const { logicalType, precision, scale } = schema;
  if (typeof logicalType !== 'string') return undefined;
  return { name: logicalType, precision: numberOf(precision), scale: numberOf(scale) };
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
