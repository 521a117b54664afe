import type { ChangeKind, EntryChange, FieldChange } from '@statewright/inspect';
import { escapeText, jsonText } from '@statewright/report';
import { atLeast } from '../../data/clipboard.js';
import { MASKED, type Mask } from '../../data/mask.js';
import { previewOf } from '../../data/preview.js';

/** A change as texts of bounded length, safe for the terminal: any number of large values fits into memory. */
export interface ChangeRow {
  readonly address: string;
  readonly change: ChangeKind;
  readonly key: string;
  /** What has changed, on one line. */
  readonly summary: string;
  /** All of it, as far as it is kept: not yet wrapped. */
  readonly detail: readonly string[];
}

const KEY_CHARS = 200;
const SUMMARY_CHARS = 300;
const DETAIL_CHARS = 4000;
/** Of larger values only the beginning is made into text. */
const LARGE = 100_000;
/** Places of a change that are kept. */
const PLACES = 100;

/** The row of a change. With a mask, what has changed inside of values is masked as a whole: a place does not tell all of its path. */
export function changeRow(change: EntryChange, mask: Mask): ChangeRow {
  const namespace =
    change.namespace === null ? '' : ` ${short(mask.apply('namespace', change.namespace), KEY_CHARS)}`;
  const key = short(mask.apply('key', change.key), KEY_CHARS) + namespace;
  const whole = wholeOf(change, mask);
  const fields = change.fields.slice(0, PLACES).map((field) => fieldText(field, mask, DETAIL_CHARS));
  const left = change.fields.length - fields.length + change.fieldsLeftOut;
  return {
    address: change.address,
    change: change.change,
    key: change.keyGroup === null && change.key === null ? '(element)' : key,
    summary: fields.length > 0 ? summaryOf(change, mask) : short(whole, SUMMARY_CHARS),
    detail: [
      ...fields,
      ...(left > 0 ? [`${left} more places`] : []),
      ...(fields.length > 0 || whole === undefined ? [] : [short(whole, DETAIL_CHARS)]),
    ],
  };
}

function wholeOf({ change, old, new: now }: EntryChange, mask: Mask): unknown {
  return mask.apply('value', change === 'removed' ? old : now);
}

function summaryOf({ fields, fieldsLeftOut }: EntryChange, mask: Mask): string {
  const first = fieldText(fields[0]!, mask, SUMMARY_CHARS);
  const more = fields.length - 1 + fieldsLeftOut;
  return more === 0 ? first : `${first} and ${more} more`;
}

function fieldText({ path, change, old, new: now, opaque }: FieldChange, mask: Mask, limit: number): string {
  const text = (value: unknown) => (mask.off ? short(value, limit) : MASKED);
  if (opaque === true) return `${path}: not the same bytes`;
  if (change === 'added') return `+ ${path}: ${text(now)}`;
  if (change === 'removed') return `- ${path}: ${text(old)}`;
  return `${path}: ${text(old)} → ${text(now)}`;
}

function short(value: unknown, limit: number): string {
  if (value === undefined) return '';
  const text = atLeast(value, LARGE) ? escapeText(previewOf(value, limit)) : jsonText(value);
  return text.length > limit ? `${text.slice(0, limit)}…` : text;
}
