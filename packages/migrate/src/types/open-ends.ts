import { MapValue, Opaque, RecordValue, RowValue, SetValue } from '@statewright/serializers';
import { EndedOpaque } from '../kryo/ended-opaque.js';
import { cannotConvert } from './type-change.js';

/*
 * A value that nobody can read has no end of its own: it holds the bytes of all that follows it in its frame, and what
 * would follow comes out as an opaque value without bytes. Such values can stay where they are, and nothing else.
 */

/** A part of a value that could not be read and has no end of its own; undefined when there is none. */
export function findOpaque(value: unknown): Opaque | undefined {
  if (value instanceof EndedOpaque) return undefined;
  if (value instanceof Opaque) return value;
  for (const part of partsOf(value)) {
    const found = findOpaque(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

function partsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (value instanceof RecordValue || value instanceof RowValue) return value.fields;
  if (value instanceof SetValue) return value.elements;
  return value instanceof MapValue ? value.entries.flat() : [];
}

/** CANNOT_ENCODE when values (elements of a list, for example) lie in the bytes of one before them. */
export function expectApart(values: readonly unknown[], what: string): void {
  if (values.length < 2) return;
  for (const value of values.slice(0, -1)) {
    const opaque = findOpaque(value);
    if (opaque !== undefined && values.some(isSwallowed)) {
      throw cannotConvert(what, opaque, 'which has no end of its own');
    }
  }
}

function isSwallowed(value: unknown): boolean {
  return value instanceof Opaque && value.bytes.length === 0 && value.serializer === '';
}
