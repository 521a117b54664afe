import { MAX_DEPTH, type Span, StatewrightError } from '@statewright/bytes';
import { quoted } from '../class-names.js';
import {
  aliasesOf,
  defaultOf,
  fullName,
  logicalTypeOf,
  namespaceOf,
  orderOf,
  propsOf,
  RESERVED,
  textOf,
} from './attributes.js';
import { type JsonMembers, type JsonNode, parseJson } from './json.js';
import {
  type AvroField,
  type AvroPrimitiveName,
  type AvroProps,
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
const NO_PROPS: AvroProps = new Map();

/** What is known of a finished type: how deep it nests, and how many nodes and bytes a value has at least. */
interface Measure {
  readonly height: number;
  readonly nodes: number;
  readonly bytes: number;
}

/** A type's JSON object, and where it lies. */
interface Definition {
  readonly json: JsonMembers;
  readonly at: number;
  readonly end: number;
}

function leaf(bytes: number): Measure {
  return { height: 1, nodes: 1, bytes };
}

/**
 * Parses a schema as `org.apache.avro.Schema#toString` writes it, or a person in an `.avsc`. BAD_VALUE when it is none,
 * TOO_DEEP when it nests too deeply; `spanOf` tells where a piece of the text lies. Names stay data: they are compared,
 * never run. Follows `org.apache.avro.Schema.Parser`, Avro 1.11, but lets pass what values do not depend on: names with
 * other characters, and defaults that do not fit.
 */
export function parseAvroSchema(text: string, spanOf: (at: number, end: number) => Span): AvroType {
  return new SchemaParser(spanOf).parse(text);
}

class SchemaParser {
  private readonly named = new Map<string, AvroType>();
  /** A named type is here once it is complete; a reference to it before that is recursive and weighs nothing. */
  private readonly measures = new Map<AvroType, Measure>();
  private depth = 0;

  constructor(private readonly spanOf: (at: number, end: number) => Span) {}

  parse(text: string): AvroType {
    const node = parseJson(text, (at, end, reason, tooDeep = false) => {
      throw this.error(tooDeep ? 'TOO_DEEP' : 'BAD_VALUE', { at, end }, reason);
    });
    return this.type(node, '');
  }

  private error(code: 'BAD_VALUE' | 'TOO_DEEP', place: { at: number; end: number }, reason: string) {
    return new StatewrightError(code, { span: this.spanOf(place.at, place.end), kind: KIND, reason });
  }

  private bad(place: { at: number; end: number }, reason: string): StatewrightError {
    return this.error('BAD_VALUE', place, reason);
  }

  private type(node: JsonNode, namespace: string): AvroType {
    if (++this.depth > MAX_DEPTH) throw this.tooDeep(node);
    const type = this.structure(node, namespace);
    this.depth--;
    return type;
  }

  private tooDeep(place: { at: number; end: number }): StatewrightError {
    return this.error('TOO_DEEP', place, `the schema nests deeper than ${MAX_DEPTH} levels`);
  }

  private structure(node: JsonNode, namespace: string): AvroType {
    const { value, at, end } = node;
    if (typeof value === 'string') return this.reference(value, node, namespace);
    if (Array.isArray(value)) return this.union(node, value as readonly JsonNode[], namespace);
    if (!(value instanceof Map)) throw this.bad(node, 'a type is neither a name nor an object nor a union');
    const json = value as JsonMembers;
    const definition: Definition = { json, at, end };
    switch (textOf(json, 'type')) {
      case 'record':
      case 'error':
        return this.record(definition, namespace);
      case 'enum':
        return this.enumeration(definition, namespace);
      case 'fixed':
        return this.fixed(definition, namespace);
      case 'array': {
        const items = this.part(definition, 'items', namespace);
        return this.wrap({ kind: 'array', items, ...common(definition) }, items);
      }
      case 'map': {
        const values = this.part(definition, 'values', namespace);
        return this.wrap({ kind: 'map', values, ...common(definition) }, values);
      }
      default:
        return this.byTypeAttribute(definition, namespace);
    }
  }

  /** The type in an attribute that must be there. */
  private part(definition: Definition, attribute: string, namespace: string): AvroType {
    const node = definition.json.get(attribute);
    if (node === undefined) throw this.bad(definition, `a type has no ${quoted(attribute)}`);
    return this.type(node, namespace);
  }

  /** `{"type": X}` where X is the name of a type; Avro takes no attributes for those that are defined elsewhere. */
  private byTypeAttribute(definition: Definition, namespace: string): AvroType {
    const name = textOf(definition.json, 'type');
    const bytes = PRIMITIVES.get(name ?? '');
    if (bytes !== undefined) {
      const type = name as AvroPrimitiveName;
      return this.measured({ kind: 'primitive', type, ...common(definition) }, leaf(bytes));
    }
    if (name === undefined) throw this.bad(definition, 'a type has no "type" that is a name');
    const found = this.named.get(fullName(name, namespace));
    if (found === undefined) throw this.bad(definition, `the type ${quoted(name)} is not defined`);
    return found;
  }

  private reference(name: string, node: JsonNode, namespace: string): AvroType {
    const { at, end } = node;
    const bytes = PRIMITIVES.get(name);
    if (bytes !== undefined) {
      const type = name as AvroPrimitiveName;
      const primitive = {
        kind: 'primitive',
        type,
        logicalType: undefined,
        props: NO_PROPS,
        at,
        end,
      } as const;
      return this.measured(primitive, leaf(bytes));
    }
    const found = this.named.get(fullName(name, namespace)) ?? this.named.get(fullName(name, ''));
    if (found === undefined) throw this.bad(node, `the type ${quoted(name)} is not defined`);
    return found;
  }

  /** An array or map: its values are paid for by the bytes of a count. */
  private wrap<T extends AvroType>(type: T, inner: AvroType): T {
    return this.measured(type, { height: 1 + this.measure(inner).height, nodes: 1, bytes: 1 });
  }

  private union(node: JsonNode, json: readonly JsonNode[], namespace: string): AvroType {
    const branches = json.map((branch) => this.branch(branch, namespace));
    if (branches.length === 0) throw this.bad(node, 'a union has no branches');
    const names = new Set(branches.map(branchName));
    if (names.size !== branches.length) throw this.bad(node, 'a union has two branches of one name');
    const height = 1 + branches.reduce((most, branch) => Math.max(most, this.measure(branch).height), 0);
    const { at, end } = node;
    return this.measured(
      { kind: 'union', branches, logicalType: undefined, props: NO_PROPS, at, end },
      { height, nodes: 1, bytes: 4 },
    );
  }

  private branch(node: JsonNode, namespace: string): Exclude<AvroType, AvroUnion> {
    const type = this.type(node, namespace);
    if (type.kind === 'union') throw this.bad(node, 'a union is a branch of a union');
    return type;
  }

  private record(definition: Definition, enclosing: string): AvroType {
    const named = this.naming(definition, enclosing);
    const { name } = named;
    const fields: AvroField[] = [];
    const record = { kind: 'record' as const, ...named, fields, minBytes: 0 };
    this.define(record);
    const list = definition.json.get('fields')?.value;
    if (!Array.isArray(list)) throw this.bad(definition, `the record ${quoted(name)} has no fields`);
    const names = new Set<string>();
    for (const node of list as readonly JsonNode[]) {
      const field = this.field(node, name);
      if (names.has(field.name)) {
        throw this.bad(node, `the record ${quoted(name)} has two fields ${quoted(field.name)}`);
      }
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

  private field(node: JsonNode, record: string): AvroField {
    const { at, end } = node;
    const json: JsonMembers = node.value instanceof Map ? (node.value as JsonMembers) : new Map();
    const name = textOf(json, 'name');
    if (name === undefined) throw this.bad(node, `a field of ${quoted(record)} has no name`);
    const type = this.part({ json, at, end }, 'type', namespaceOf(record));
    const order = orderOf(json);
    if (order === undefined) {
      const reason = `the order of the field ${quoted(name)} is neither ascending nor descending nor ignore`;
      throw this.bad(json.get('order') ?? node, reason);
    }
    const props = propsOf(json, RESERVED.field);
    const aliases = this.aliases({ json, at, end });
    return { name, type, aliases, default: defaultOf(json, type), order, props, at, end };
  }

  private aliases(definition: Definition): readonly string[] {
    const aliases = aliasesOf(definition.json);
    if (aliases !== undefined) return aliases;
    throw this.bad(definition.json.get('aliases') ?? definition, 'aliases are not a list of names');
  }

  private enumeration(definition: Definition, namespace: string): AvroType {
    const named = this.naming(definition, namespace);
    const list = definition.json.get('symbols')?.value;
    const symbols = Array.isArray(list)
      ? (list as readonly JsonNode[]).map(({ value }) => value)
      : [undefined];
    if (!symbols.every((symbol) => typeof symbol === 'string')) {
      throw this.bad(definition, `the enum ${quoted(named.name)} has no symbols`);
    }
    if (new Set(symbols).size !== symbols.length) {
      throw this.bad(definition, `the enum ${quoted(named.name)} has a symbol twice`);
    }
    const type = { kind: 'enum' as const, ...named, symbols, default: textOf(definition.json, 'default') };
    return this.measured(this.define(type), leaf(4));
  }

  private fixed(definition: Definition, namespace: string): AvroType {
    const named = this.naming(definition, namespace);
    const size = definition.json.get('size')?.value;
    if (typeof size !== 'bigint' || size < 0n || size > 0x7fffffffn) {
      throw this.bad(definition, `the fixed ${quoted(named.name)} has no size`);
    }
    const type = { kind: 'fixed' as const, ...named, size: Number(size) };
    return this.measured(this.define(type), leaf(type.size));
  }

  private naming(definition: Definition, enclosing: string) {
    const { json } = definition;
    const own = textOf(json, 'name') ?? '';
    if (own === '') throw this.bad(definition, 'a named type has no name');
    const name = fullName(own, textOf(json, 'namespace') ?? enclosing);
    if (PRIMITIVES.has(name)) throw this.bad(definition, `a type has the name of the primitive ${name}`);
    const aliases = this.aliases(definition).map((alias) => fullName(alias, namespaceOf(name)));
    return { name, aliases: [...new Set(aliases)], ...common(definition) };
  }

  private define<T extends Extract<AvroType, { name: string }>>(type: T): T {
    if (this.named.has(type.name)) throw this.bad(type, `the type ${quoted(type.name)} is defined twice`);
    this.named.set(type.name, type);
    return type;
  }

  private measure(type: AvroType): Measure {
    return this.measures.get(type) ?? { height: 0, nodes: 0, bytes: 0 };
  }

  private measured<T extends AvroType>(type: T, measure: Measure): T {
    if (measure.height > MAX_DEPTH) throw this.tooDeep(type);
    if (measure.nodes > MAX_FREE_NODES + 16 * measure.bytes) {
      throw this.bad(type, `a value would have ${measure.nodes} parts in ${measure.bytes} bytes`);
    }
    this.measures.set(type, measure);
    return type;
  }
}

/** What every type has that an object defines. */
function common({ json, at, end }: Definition) {
  const reserved = textOf(json, 'type') === 'enum' ? RESERVED.enum : RESERVED.schema;
  return { logicalType: logicalTypeOf(json), props: propsOf(json, reserved), at, end };
}
