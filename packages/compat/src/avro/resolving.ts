import type { AvroField, AvroRecord, AvroType, AvroUnion } from '@statewright/serializers';
import { limitMisfits, type Misfit, misfitsWithin } from './misfit.js';
import { pairMemo } from './pairs.js';
import { isPromotion, writerFieldsOf } from './reader-writer.js';
import { branchSegments, fieldSegment, shown, simpleNameOf, typeText } from './type-text.js';
import { unionsEquivalent } from './unions-equivalent.js';
import { aliasesOfReader, type WriterNames } from './writer-names.js';

/*
 * What Avro's resolving reader makes of a pair that the compatibility check let pass. The two do not agree on everything:
 * a reader's union takes an enum or fixed only by its full name, and aliases of fields count only in a record of the same
 * namespace. Follows `org.apache.avro.Resolver` and `Schema#applyAliases`, Avro 1.11.4.
 */

type Misfits = readonly Misfit[];

/** Where the reader fails on values of the old schema, or loses them to a default. Empty: all come back right. */
export function misfitsResolving(old: AvroType, now: AvroType): Misfits {
  return new Resolving(aliasesOfReader(now)).resolve(old, now);
}

class Resolving {
  private readonly memo = pairMemo<Misfits>();

  constructor(private readonly names: WriterNames) {}

  resolve(writer: AvroType, reader: AvroType): Misfits {
    return this.memo.of(writer, reader, [], () => this.action(writer, reader));
  }

  private action(writer: AvroType, reader: AvroType): Misfits {
    if (writer.kind === 'union') return this.writerUnion(writer, reader);
    if (reader.kind === 'union' && this.firstMatch(writer, reader) !== undefined) {
      return this.resolve(writer, this.firstMatch(writer, reader)!);
    }
    if (this.failsAtOnce(writer, reader)) return [this.failure(writer, reader)];
    if (writer.kind === 'record' && reader.kind === 'record') return this.record(writer, reader);
    if (writer.kind === 'array' && reader.kind === 'array') {
      return misfitsWithin(['element'], this.resolve(writer.items, reader.items));
    }
    if (writer.kind === 'map' && reader.kind === 'map') {
      return misfitsWithin(['value'], this.resolve(writer.values, reader.values));
    }
    return [];
  }

  private failure(writer: AvroType, reader: AvroType): Misfit {
    const reason = `Avro's reader does not take ${typeText(writer)} for ${typeText(reader)}: AvroTypeException`;
    return { path: [], reason, dies: 'yes' };
  }

  private writerUnion(writer: AvroUnion, reader: AvroType): Misfits {
    const equivalent = reader.kind === 'union' && unionsEquivalent(writer, reader, this.names);
    const misfits = writer.branches.flatMap((branch, i) => {
      const target = equivalent ? reader.branches[i]! : reader;
      return misfitsWithin(branchSegments(writer, branch), this.resolve(branch, target));
    });
    return limitMisfits(misfits);
  }

  private record(writer: AvroRecord, reader: AvroRecord): Misfits {
    const read = new Map<string, AvroField>();
    for (const field of writer.fields) read.set(this.names.field(writer, field), field);
    const misfits = reader.fields.flatMap((field): Misfits => {
      const path = [fieldSegment(field.name)];
      const source = read.get(field.name);
      if (source !== undefined) return misfitsWithin(path, this.resolve(source.type, field.type));
      const [meant] = writerFieldsOf(writer, field);
      if (meant === undefined) return [];
      const reason = `the alias ${shown(meant.name)} of the field ${shown(field.name)} is not followed in this record, so that the values of ${shown(meant.name)} are lost to the default`;
      return [{ path, reason, dies: 'no' }];
    });
    return limitMisfits(misfits);
  }

  /** Whether Avro makes an error of the pair itself, whatever is inside it. */
  private failsAtOnce(writer: AvroType, reader: AvroType): boolean {
    if (writer.kind === 'union') return false;
    if (reader.kind === 'union') return this.firstMatch(writer, reader) === undefined;
    if (writer.kind !== reader.kind) return true;
    if (writer.kind === 'primitive' && reader.kind === 'primitive') {
      return writer.type !== reader.type && !isPromotion(reader, writer);
    }
    if (writer.kind === 'record' && reader.kind === 'record') return this.lacksField(writer, reader);
    if (!('name' in writer) || !('name' in reader)) return false;
    if (simpleNameOf(this.names.type(writer.name)) !== simpleNameOf(reader.name)) return true;
    return writer.kind === 'fixed' && reader.kind === 'fixed' && writer.size !== reader.size;
  }

  /** Whether the reader has a field that is neither written nor has a default. */
  private lacksField(writer: AvroRecord, reader: AvroRecord): boolean {
    const written = new Set(writer.fields.map((field) => this.names.field(writer, field)));
    return reader.fields.some((field) => !written.has(field.name) && field.default === undefined);
  }

  /** The branch of a reader's union that is taken: by full name or type, then a record that fits, then a wider type. */
  private firstMatch(writer: AvroType, reader: AvroUnion): AvroType | undefined {
    let structure: AvroType | undefined;
    for (const branch of reader.branches) {
      if (branch.kind !== writer.kind) continue;
      if (
        branch.kind === 'primitive' ? branch.type === (writer as typeof branch).type : !('name' in branch)
      ) {
        return branch;
      }
      if (!('name' in branch) || !('name' in writer)) continue;
      const name = this.names.type(writer.name);
      if (name === branch.name) return branch;
      if (writer.kind !== 'record' || branch.kind !== 'record' || this.mismatches(writer, branch)) continue;
      if (structure === undefined || simpleNameOf(name) === simpleNameOf(branch.name)) structure = branch;
    }
    return structure ?? reader.branches.find((branch) => isPromotion(branch, writer));
  }

  /** Whether a record does not fit by its fields, looking no deeper than their own types. */
  private mismatches(writer: AvroRecord, reader: AvroRecord): boolean {
    if (this.lacksField(writer, reader)) return true;
    const fields = new Map(reader.fields.map((field) => [field.name, field]));
    return writer.fields.some((field) => {
      const target = fields.get(this.names.field(writer, field));
      return target !== undefined && this.failsAtOnce(field.type, target.type);
    });
  }
}
