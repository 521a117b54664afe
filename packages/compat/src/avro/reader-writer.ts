import type {
  AvroEnum,
  AvroField,
  AvroFixed,
  AvroPrimitiveName,
  AvroRecord,
  AvroType,
  AvroUnion,
} from '@statewright/serializers';
import { type PairMemo, pairMemo } from './pairs.js';
import { branchNameOf, branchSegments, fieldSegment, shown, simpleNameOf, typeText } from './type-text.js';

/** The kinds of incompatibility, by the names of `SchemaCompatibility.SchemaIncompatibilityType`. */
export type AvroIncompatibilityKind =
  | 'NAME_MISMATCH'
  | 'FIXED_SIZE_MISMATCH'
  | 'MISSING_ENUM_SYMBOLS'
  | 'READER_FIELD_MISSING_DEFAULT_VALUE'
  | 'TYPE_MISMATCH'
  | 'MISSING_UNION_BRANCH';

/** Why values of one schema cannot be read with another, at one place. */
export interface AvroIncompatibility {
  readonly kind: AvroIncompatibilityKind;
  /** From the schema inward, for example `['field address', 'branch com.acme.A', 'element']`. */
  readonly path: readonly string[];
  /** One sentence without a full stop, with both sides. */
  readonly reason: string;
  /** The types that do not fit: of a field without default the two records, of a missing branch the unions. */
  readonly reader: AvroType;
  readonly writer: AvroType;
  /** Of MISSING_UNION_BRANCH: what keeps the branch that must be meant from fitting; empty where there is none. */
  readonly causes: readonly AvroIncompatibility[];
}

/** What Avro says of a reader's and a writer's schema. */
export interface AvroCompatibility {
  /** In Avro's order; empty: every value can be read. At most MAX_INCOMPATIBILITIES. */
  readonly incompatibilities: readonly AvroIncompatibility[];
  /** Why Avro throws instead of answering; undefined where it does not. */
  readonly throws: string | undefined;
}

/** A type that is used often multiplies what is wrong inside it. */
const MAX_INCOMPATIBILITIES = 1000;

type Found = readonly AvroIncompatibility[];

/** Numbers that may be read as a wider one, and texts as bytes. */
const PROMOTIONS: ReadonlyMap<AvroPrimitiveName, readonly AvroPrimitiveName[]> = new Map([
  ['long', ['int']],
  ['float', ['int', 'long']],
  ['double', ['int', 'long', 'float']],
  ['bytes', ['string']],
  ['string', ['bytes']],
]);

/** Whether Avro promotes a writer's type to the reader's. */
export function isPromotion(reader: AvroType, writer: AvroType): boolean {
  if (reader.kind !== 'primitive' || writer.kind !== 'primitive') return false;
  return PROMOTIONS.get(reader.type)?.includes(writer.type) ?? false;
}

/** The writer's fields that a reader's field may stand for: of its name first, then of its aliases. */
export function writerFieldsOf(writer: AvroRecord, field: AvroField): readonly AvroField[] {
  const names = [field.name, ...field.aliases];
  return names.flatMap((name) => writer.fields.filter((one) => one.name === name));
}

/**
 * Whether the reader can decode everything that was written with the writer's schema. Names are compared without their
 * namespace. Follows `org.apache.avro.SchemaCompatibility#checkReaderWriterCompatibility`, Avro 1.11.4, which Flink 1.20
 * and 2.0 to 2.3 bring.
 */
export function checkReaderWriter(reader: AvroType, writer: AvroType): AvroCompatibility {
  const checker = new Checker();
  const incompatibilities = checker.check(reader, writer);
  return { incompatibilities, throws: checker.throws };
}

class Checker {
  throws: string | undefined;
  private readonly memo: PairMemo<Found> = pairMemo();

  check(reader: AvroType, writer: AvroType): Found {
    return this.memo.of(reader, writer, [], () => this.compare(reader, writer));
  }

  private compare(reader: AvroType, writer: AvroType): Found {
    if (writer.kind === 'union') {
      return reader.kind === 'union' ? this.unions(reader, writer) : this.eachBranch(reader, writer);
    }
    if (reader.kind === 'union') return this.intoUnion(reader, writer);
    if (reader.kind === 'primitive' && writer.kind === 'primitive') {
      const fits = reader.type === writer.type || isPromotion(reader, writer);
      return fits ? [] : [typeMismatch(reader, writer)];
    }
    if (reader.kind === 'array' && writer.kind === 'array') {
      return within(['element'], this.check(reader.items, writer.items));
    }
    if (reader.kind === 'map' && writer.kind === 'map') {
      return within(['value'], this.check(reader.values, writer.values));
    }
    if (reader.kind === 'fixed' && writer.kind === 'fixed') {
      return [...checkNames(reader, writer), ...checkSize(reader, writer)];
    }
    if (reader.kind === 'enum' && writer.kind === 'enum') {
      return [...checkNames(reader, writer), ...checkSymbols(reader, writer)];
    }
    if (reader.kind === 'record' && writer.kind === 'record') {
      return [...checkNames(reader, writer), ...this.fields(reader, writer)];
    }
    return [typeMismatch(reader, writer)];
  }

  private unions(reader: AvroUnion, writer: AvroUnion): Found {
    return writer.branches.flatMap((branch) => {
      if (this.check(reader, branch).length === 0) return [];
      const segments = branchSegments(writer, branch);
      const causes = within(segments, this.causesOf(reader, branch));
      return [{ ...missingBranch(reader, branch, causes), path: segments, writer }];
    });
  }

  private eachBranch(reader: AvroType, writer: AvroUnion): Found {
    return limited(
      writer.branches.flatMap((branch) => within(branchSegments(writer, branch), this.check(reader, branch))),
    );
  }

  private intoUnion(reader: AvroUnion, writer: AvroType): Found {
    for (const branch of reader.branches) if (this.check(branch, writer).length === 0) return [];
    return [missingBranch(reader, writer, this.causesOf(reader, writer))];
  }

  /** What is wrong with the branch that is meant: the one of the same name, else the only one of the same kind. */
  private causesOf(reader: AvroUnion, writer: AvroType): Found {
    const name = simpleNameOf(branchNameOf(writer));
    const same = reader.branches.filter(
      (branch) => branch.kind === writer.kind && writer.kind !== 'primitive',
    );
    const meant = same.find((branch) => simpleNameOf(branchNameOf(branch)) === name);
    const branch = meant ?? (same.length === 1 ? same[0] : undefined);
    return branch === undefined ? [] : (this.memo.known(branch, writer) ?? []);
  }

  private fields(reader: AvroRecord, writer: AvroRecord): Found {
    const found = reader.fields.flatMap((field) => {
      const [first, second] = writerFieldsOf(writer, field);
      if (first === undefined) return this.missing(reader, writer, field);
      if (second !== undefined) {
        this.throws ??= `the new field ${shown(field.name)} stands for two fields of the old record ${shown(writer.name)}: ${shown(first.name)} and ${shown(second.name)}`;
        return [];
      }
      return within([fieldSegment(field.name)], this.check(field.type, first.type));
    });
    return limited(found);
  }

  /** Avro lets the default of an enum pass for one of the field, and then compares the enum with the whole record. */
  private missing(reader: AvroRecord, writer: AvroRecord, field: AvroField): Found {
    if (field.default !== undefined) return [];
    if (field.type.kind === 'enum' && field.type.default !== undefined) {
      return within([fieldSegment(field.name)], [newEnumField(field, this.check(field.type, writer)[0]!)]);
    }
    const reason = `the field ${shown(field.name)} is new and has no default`;
    const kind = 'READER_FIELD_MISSING_DEFAULT_VALUE';
    return [{ kind, path: [fieldSegment(field.name)], reason, reader, writer, causes: [] }];
  }
}

function within(segments: readonly string[], found: Found): Found {
  if (segments.length === 0) return found;
  return found.map((one) => ({
    ...one,
    path: [...segments, ...one.path],
    causes: within(segments, one.causes),
  }));
}

function limited(found: Found): Found {
  return found.length > MAX_INCOMPATIBILITIES ? found.slice(0, MAX_INCOMPATIBILITIES) : found;
}

function newEnumField(field: AvroField, mismatch: AvroIncompatibility): AvroIncompatibility {
  const reason = `the field ${shown(field.name)} is new and has no default of its own; that of its enum does not count`;
  return { ...mismatch, reason };
}

function typeMismatch(reader: AvroType, writer: AvroType): AvroIncompatibility {
  const reason = `values were ${typeText(writer)} and cannot be read as ${typeText(reader)}`;
  return { kind: 'TYPE_MISMATCH', path: [], reason, reader, writer, causes: [] };
}

function missingBranch(reader: AvroUnion, writer: AvroType, causes: Found): AvroIncompatibility {
  const reason = `values that were ${typeText(writer)} fit no branch of the new ${typeText(reader)}`;
  return { kind: 'MISSING_UNION_BRANCH', path: [], reason, reader, writer, causes };
}

type Named = AvroRecord | AvroEnum | AvroFixed;

function checkNames(reader: Named, writer: Named): Found {
  const same = simpleNameOf(reader.name) === simpleNameOf(writer.name);
  if (same || reader.aliases.includes(writer.name)) return [];
  const reason = `the ${writer.kind} ${shown(writer.name)} is named ${shown(reader.name)} now, and no alias leads from one to the other`;
  return [{ kind: 'NAME_MISMATCH', path: [], reason, reader, writer, causes: [] }];
}

function checkSize(reader: AvroFixed, writer: AvroFixed): Found {
  if (reader.size === writer.size) return [];
  const reason = `the fixed ${shown(writer.name)} had ${writer.size} bytes and has ${reader.size} now`;
  return [{ kind: 'FIXED_SIZE_MISMATCH', path: [], reason, reader, writer, causes: [] }];
}

function checkSymbols(reader: AvroEnum, writer: AvroEnum): Found {
  const symbols = new Set(reader.symbols);
  const gone = writer.symbols.filter((symbol) => !symbols.has(symbol));
  if (gone.length === 0 || (reader.default !== undefined && symbols.has(reader.default))) return [];
  const list = shown(gone.join(', '));
  const reason = `the enum ${shown(writer.name)} no longer has ${list}, and has no default to stand for what is gone`;
  return [{ kind: 'MISSING_ENUM_SYMBOLS', path: [], reason, reader, writer, causes: [] }];
}
