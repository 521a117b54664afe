import type { TypeDescription } from '@statewright/serializers';
import type { Row } from '../export/spilled-run.js';
import { type Payload, readPayload } from './entry-rows.js';
import { addFieldChanges, type FieldChanges } from './field-changes.js';

/** How two rows of one key compare. */
export type RowVerdict = 'unchanged' | 'touched' | 'changed';

/** The type of what rows hold, on both sides: a value, or of map state a map's value. */
export interface RowTypes {
  readonly old: TypeDescription | undefined;
  readonly new: TypeDescription | undefined;
}

/** Two rows of one key, and how they compare. */
export interface ComparedRows extends FieldChanges {
  readonly verdict: RowVerdict;
  readonly old: Payload;
  readonly new: Payload;
}

/** Whether two rows hold the same, down to the byte. */
export function sameLine(a: Row, b: Row): boolean {
  return Buffer.compare(a.line, b.line) === 0;
}

/**
 * Compares what two rows hold, field by field. A time of last access counts only with `ttl`, and only where both sides
 * have one.
 */
export function compareRows(path: string, a: Row, b: Row, types: RowTypes, ttl: boolean): ComparedRows {
  const [old, now] = [readPayload(a.line), readPayload(b.line)];
  const into: FieldChanges = { fields: [], leftOut: 0 };
  if (old.value !== now.value) addFieldChanges(path, jsonOf(old.value), jsonOf(now.value), types, into);
  const touched = old.time !== now.time && old.time !== '' && now.time !== '';
  if (touched && ttl) {
    into.fields.push({ path: 'ttl', change: 'changed', old: jsonOf(old.time), new: jsonOf(now.time) });
  }
  const verdict = into.fields.length > 0 ? 'changed' : touched ? 'touched' : 'unchanged';
  return { ...into, verdict, old, new: now };
}

/** JSON of a payload's text; of a map without entries, which has none, an empty map. */
export function jsonOf(text: string): unknown {
  return text === '' ? [] : JSON.parse(text);
}
