import type { AvroType } from '@statewright/serializers';
import { pairMemo } from './pairs.js';
import { simpleNameOf } from './type-text.js';
import type { WriterNames } from './writer-names.js';

/**
 * Whether two unions are so alike that Avro reads branch by branch, by position. Names are compared without namespace,
 * defaults and properties not at all. Follows `org.apache.avro.Resolver#unionEquiv`, Avro 1.11.4.
 */
export function unionsEquivalent(writer: AvroType, reader: AvroType, names: WriterNames): boolean {
  const memo = pairMemo<boolean>();
  const alike = (w: AvroType, r: AvroType): boolean => memo.of(w, r, true, () => compare(w, r));
  return alike(writer, reader);

  function compare(w: AvroType, r: AvroType): boolean {
    if (w.kind === 'primitive' && r.kind === 'primitive') return w.type === r.type;
    if (w.kind === 'array' && r.kind === 'array') return alike(w.items, r.items);
    if (w.kind === 'map' && r.kind === 'map') return alike(w.values, r.values);
    if (w.kind === 'union' && r.kind === 'union') {
      return sameLength(w.branches, r.branches) && w.branches.every((one, i) => alike(one, r.branches[i]!));
    }
    if (!('name' in w) || !('name' in r)) return false;
    if (simpleNameOf(names.type(w.name)) !== simpleNameOf(r.name)) return false;
    if (w.kind === 'fixed' && r.kind === 'fixed') return w.size === r.size;
    if (w.kind === 'enum' && r.kind === 'enum') {
      return sameLength(w.symbols, r.symbols) && w.symbols.every((one, i) => one === r.symbols[i]);
    }
    if (w.kind !== 'record' || r.kind !== 'record' || !sameLength(w.fields, r.fields)) return false;
    return w.fields.every((field, i) => {
      const other = r.fields[i]!;
      return names.field(w, field) === other.name && alike(field.type, other.type);
    });
  }
}

function sameLength(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length;
}
