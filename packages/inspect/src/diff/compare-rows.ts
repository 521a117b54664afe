import type { Row } from '../export/spilled-run.js';
import { type Payload, readPayload } from './entry-rows.js';
import { addFieldChanges, type FieldChanges, noFieldChanges, type SideTypes } from './field-changes.js';

/** How two rows of one key compare. */
export type RowVerdict = 'unchanged' | 'touched' | 'changed' | 'unknown';

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

const TAB = 0x09;
const OPAQUE = Buffer.from('"@opaque"');

/** Whether the values of two rows of exact types are sure to differ, without looking into them. */
export function surelyDiffer(a: Row, b: Row): boolean {
  const [x, y] = [a.line, b.line];
  let i = 0;
  while (x[i] === y[i]) {
    if (x[i] === TAB || i >= x.length) return false;
    i++;
  }
  return !holdsOpaque(x) && !holdsOpaque(y);
}

function holdsOpaque({ buffer, byteOffset, length }: Uint8Array): boolean {
  return Buffer.from(buffer, byteOffset, length).includes(OPAQUE);
}

/**
 * Compares what two rows hold, field by field. A time of last access counts only with `ttl`, and only where both sides
 * have one.
 */
export function compareRows(path: string, a: Row, b: Row, types: SideTypes, ttl: boolean): ComparedRows {
  const [old, now] = [readPayload(a.line), readPayload(b.line)];
  const into = noFieldChanges();
  if (old.value !== now.value) addFieldChanges(path, jsonOf(old.value), jsonOf(now.value), types, into);
  const touched = old.time !== now.time && old.time !== '' && now.time !== '';
  if (touched && ttl) {
    into.fields.push({ path: 'ttl', change: 'changed', old: jsonOf(old.time), new: jsonOf(now.time) });
  }
  return { ...into, verdict: verdictOf(into, touched), old, new: now };
}

function verdictOf({ fields, unknown }: FieldChanges, touched: boolean): RowVerdict {
  if (fields.length > 0) return 'changed';
  if (unknown > 0) return 'unknown';
  return touched ? 'touched' : 'unchanged';
}

/** JSON of a payload's text; of a map without entries, which has none, an empty map. */
export function jsonOf(text: string): unknown {
  return text === '' ? [] : JSON.parse(text);
}
