import { escapeText } from '@statewright/report';
import {
  AvroUnionValue,
  EitherValue,
  MapValue,
  Opaque,
  RecordValue,
  RowValue,
  SetValue,
  TimerValue,
  TimeWindowValue,
  TtlValue,
  VariantValue,
} from '@statewright/serializers';
import type { TreeItem } from '../components/tree/tree.js';
import type { Role, Span } from '../line/line.js';
import { hexItem } from './hex-item.js';
import { timeText } from './key-row.js';
import { previewOf } from './preview.js';

/** A node of the tree of a value. */
export interface ValueItem extends TreeItem {
  /** What it stands for, to be copied. */
  readonly value: unknown;
}

const PREVIEW_CHARS = 400;

/** A value under a name. `note` says more of it: the time of its last access. */
export function valueItem(label: string, value: unknown, note = ''): ValueItem {
  const parts = partsOf(value);
  return {
    label: escapeText(label),
    value,
    count: parts?.count ?? 0,
    child: (i) => parts!.child(i),
    text() {
      const spans: Span[] = parts === undefined ? [] : [{ text: `${parts.kind} `, role: 'type' }];
      spans.push({ text: escapeText(textOf(value)), role: roleOf(value) });
      if (note !== '') spans.push({ text: `  ${note}`, role: 'warn' });
      return spans;
    },
  };
}

/** The children of a value and what it is called. */
interface Parts {
  readonly kind: string;
  readonly count: number;
  child(index: number): TreeItem;
}

function textOf(value: unknown): string {
  if (value instanceof TimeWindowValue) return `${timeText(value.start)} to ${timeText(value.end)}`;
  if (value instanceof Opaque) return `${value.bytes.length} bytes: ${value.why}`;
  return previewOf(value, PREVIEW_CHARS);
}

function roleOf(value: unknown): Role {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number' || typeof value === 'bigint') return 'number';
  if (value instanceof Opaque) return 'opaque';
  return typeof value === 'object' && value !== null ? 'dim' : 'plain';
}

function named(kind: string, names: readonly string[], values: readonly unknown[]): Parts {
  return { kind, count: values.length, child: (i) => valueItem(names[i] ?? `f${i}`, values[i]) };
}

function numbered(kind: string, values: readonly unknown[]): Parts {
  return {
    kind: `${kind}(${values.length})`,
    count: values.length,
    child: (i) => valueItem(`[${i}]`, values[i]),
  };
}

/** Longer texts can be opened. */
const TEXT_CHARS = 64;

function textParts(text: string): Parts | undefined {
  if (text.length <= TEXT_CHARS) return undefined;
  return {
    kind: `text(${text.length})`,
    count: Math.ceil(text.length / TEXT_CHARS),
    child: (i) => valueItem(String(i * TEXT_CHARS), text.slice(i * TEXT_CHARS, (i + 1) * TEXT_CHARS)),
  };
}

function partsOf(value: unknown): Parts | undefined {
  if (typeof value === 'string') return textParts(value);
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return numbered('list', value);
  if (value instanceof RecordValue) return named(recordKind(value), value.shape.names, value.fields);
  if (value instanceof RowValue) return named('row', value.names ?? [], value.fields);
  if (value instanceof MapValue) return mapParts(value);
  if (value instanceof SetValue) return numbered('set', value.elements);
  if (value instanceof Uint8Array) return bytesParts(value, 'bytes');
  if (value instanceof Opaque) return bytesParts(value.bytes, `opaque ${simple(value.className)}`.trim());
  return wrapperParts(value);
}

function wrapperParts(value: object): Parts | undefined {
  if (value instanceof EitherValue) return named('either', [value.side], [value.value]);
  if (value instanceof AvroUnionValue) return partsOf(value.value);
  if (value instanceof VariantValue) return partsOf(value.tree);
  if (value instanceof TimerValue) return named('timer', ['key', 'namespace'], [value.key, value.namespace]);
  if (value instanceof TtlValue) return named('ttl', ['value'], [value.value]);
  return undefined;
}

function recordKind({ shape, subclass }: RecordValue): string {
  return escapeText(simple(subclass ?? shape.className) || 'record');
}

/** A class without its package. */
function simple(className: string | undefined): string {
  return className === undefined ? '' : className.slice(className.lastIndexOf('.') + 1);
}

function mapParts({ entries }: MapValue): Parts {
  return {
    kind: `map(${entries.length})`,
    count: entries.length,
    child(i) {
      const [key, value] = entries[i]!;
      const simpleKey = typeof key !== 'object' || key === null;
      if (simpleKey) return valueItem(previewOf(key, 100), value);
      return { ...valueItem(previewOf(key, 100), value), ...entryOf(key, value) };
    },
  };
}

/** An entry whose key has parts of its own. */
function entryOf(key: object, value: unknown): Pick<TreeItem, 'count' | 'child'> {
  return { count: 2, child: (i) => (i === 0 ? valueItem('key', key) : valueItem('value', value)) };
}

function bytesParts(bytes: Uint8Array, kind: string): Parts {
  const hex = hexItem('', bytes, 0);
  return { kind: escapeText(`${kind}(${bytes.length})`), count: hex.count, child: hex.child };
}
