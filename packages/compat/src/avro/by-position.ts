import type { AvroField, AvroRecord, AvroType, AvroUnion } from '@statewright/serializers';
import { limitMisfits, type Misfit, misfitsWithin } from './misfit.js';
import { pairMemo } from './pairs.js';
import { isPromotion, writerFieldsOf } from './reader-writer.js';
import { branchNameOf, branchSegments, fieldSegment, shown, typeText } from './type-text.js';

/*
 * What a writer of the new schema makes of a record that still has the old one. It takes the fields by position and looks
 * up a value's branch by the name of its own schema; nothing is resolved. Follows `GenericDatumWriter` and
 * `GenericData#resolveUnion`, Avro 1.11.4; `SpecificDatumWriter` does the same to a record that is not of its class.
 */

type Misfits = readonly Misfit[];
type Fits = (old: AvroType, now: AvroType) => Misfits;

/**
 * Where values of the old schema, written by position with the new one, fail or come out as something else. Empty: all
 * come back as Avro would resolve them.
 */
export function misfitsByPosition(old: AvroType, now: AvroType): Misfits {
  const memo = pairMemo<Misfits>();
  const fits: Fits = (a, b) => memo.of(a, b, [], () => writeAs(a, b, fits));
  return fits(old, now);
}

function writeAs(old: AvroType, now: AvroType, fits: Fits): Misfits {
  if (old.kind === 'union') {
    return limitMisfits(
      old.branches.flatMap((branch) => misfitsWithin(branchSegments(old, branch), fits(branch, now))),
    );
  }
  if (now.kind === 'union') return writeIntoUnion(old, now, fits);
  if (old.kind === 'record' && now.kind === 'record') return writeRecord(old, now, fits);
  if (old.kind === 'array' && now.kind === 'array') {
    return misfitsWithin(['element'], fits(old.items, now.items));
  }
  if (old.kind === 'map' && now.kind === 'map') return misfitsWithin(['value'], fits(old.values, now.values));
  return writeLeaf(old, now);
}

function writeIntoUnion(old: Exclude<AvroType, AvroUnion>, now: AvroUnion, fits: Fits): Misfits {
  const name = branchNameOf(old);
  const branch = now.branches.find((one) => branchNameOf(one) === name);
  if (branch !== undefined) return fits(old, branch);
  const reason = `a value that was ${typeText(old)} finds no branch of its own name in the new ${typeText(now)}: UnresolvedUnionException`;
  return [{ path: [], reason, dies: 'yes' }];
}

function writeRecord(old: AvroRecord, now: AvroRecord, fits: Fits): Misfits {
  const misfits = now.fields.flatMap((field, position): Misfits => {
    const there = old.fields[position];
    const path = [fieldSegment(field.name)];
    if (there === undefined) {
      const reason = `the field ${shown(field.name)} is written from position ${position}, and old records have only ${old.fields.length} fields: ArrayIndexOutOfBoundsException`;
      return [{ path, reason, dies: 'yes' }];
    }
    if (writerFieldsOf(old, field).includes(there)) return misfitsWithin(path, fits(there.type, field.type));
    if (isNothing(there, field)) return [];
    const reason = `the field ${shown(field.name)} would get the values of the old field ${shown(there.name)}, which has its position ${position}`;
    const throws = fits(there.type, field.type).some(({ dies }) => dies === 'yes');
    return [{ path, reason, dies: throws ? 'yes' : 'no' }];
  });
  return limitMisfits(misfits);
}

/** Whether the value comes out as null, and should: nothing is mixed up then. */
function isNothing(there: AvroField, field: AvroField): boolean {
  if (isNull(field.type)) return true;
  const { type } = field;
  return isNull(there.type) && field.default === null && type.kind === 'union' && type.branches.some(isNull);
}

function isNull(type: AvroType): boolean {
  return type.kind === 'primitive' && type.type === 'null';
}

function writeLeaf(old: AvroType, now: AvroType): Misfits {
  if (old.kind === 'enum' && now.kind === 'enum') {
    const symbols = new Set(now.symbols);
    const gone = old.symbols.filter((symbol) => !symbols.has(symbol));
    if (gone.length === 0) return [];
    const reason = `the symbols ${shown(gone.join(', '))} are gone, and the default is not used when a record is written again: NullPointerException`;
    return [{ path: [], reason, dies: 'yes' }];
  }
  if (old.kind === 'fixed' && now.kind === 'fixed' && old.size === now.size) return [];
  if (old.kind === 'primitive' && now.kind === 'primitive') {
    if (old.type === now.type) return [];
    const text = old.type === 'string' || old.type === 'bytes';
    if (!text && isPromotion(now, old)) return [];
  }
  const reason = `a value that was ${typeText(old)} cannot be written as ${typeText(now)}: ClassCastException`;
  return [{ path: [], reason, dies: 'yes' }];
}
