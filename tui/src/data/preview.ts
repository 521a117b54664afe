import {
  AvroUnionValue,
  EitherValue,
  MapValue,
  Opaque,
  RecordValue,
  RowValue,
  SetValue,
  toJson,
} from '@statewright/serializers';

/** The beginning of a value as one line of at most about `limit` characters; a large value is not walked to its end. */
export function previewOf(value: unknown, limit: number): string {
  const out = new Bounded(limit);
  write(value, out);
  return out.text;
}

class Bounded {
  text = '';
  constructor(private readonly limit: number) {}

  get full(): boolean {
    return this.text.length >= this.limit;
  }

  add(text: string): void {
    if (!this.full) this.text += text.length > this.limit ? `${text.slice(0, this.limit)}…` : text;
  }
}

function write(value: unknown, out: Bounded): void {
  if (typeof value !== 'object' || value === null) out.add(scalarOf(value));
  else if (Array.isArray(value)) writeAll('[', value, ']', out, write);
  else if (value instanceof RecordValue) writeFields(value.shape.names, value.fields, out);
  else if (value instanceof RowValue) writeRow(value, out);
  else if (value instanceof MapValue) writeAll('{', value.entries, '}', out, writeEntry);
  else if (value instanceof SetValue) writeAll('{', value.elements, '}', out, write);
  else if (value instanceof Uint8Array) out.add(`0x${hexOf(value)}`);
  else if (value instanceof Opaque) out.add(`opaque ${value.bytes.length} bytes (${value.serializer})`);
  else if (value instanceof EitherValue) writeFields([value.side], [value.value], out);
  else if (value instanceof AvroUnionValue) write(value.value, out);
  else out.add(toJson(value));
}

/** A scalar as JSON; a long string only as far as it may be shown. */
function scalarOf(value: unknown): string {
  return typeof value === 'string' ? toJson(value.slice(0, 1000)) : toJson(value);
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, 32)).toString('hex') + (bytes.length > 32 ? '…' : '');
}

function writeRow(value: RowValue, out: Bounded): void {
  if (value.kind !== 0) out.add(`${['+I', '-U', '+U', '-D'][value.kind]} `);
  if (value.names === undefined) writeAll('(', value.fields, ')', out, write);
  else writeFields(value.names, value.fields, out);
}

function writeFields(names: readonly string[], fields: readonly unknown[], out: Bounded): void {
  const pairs = names.map((name, i): readonly [string, unknown] => [name, fields[i]]);
  writeAll('{', pairs, '}', out, ([name, field]) => {
    out.add(`${name}: `);
    write(field, out);
  });
}

function writeEntry([key, value]: readonly [unknown, unknown], out: Bounded): void {
  write(key, out);
  out.add(': ');
  write(value, out);
}

function writeAll<T>(
  open: string,
  items: readonly T[],
  close: string,
  out: Bounded,
  one: (item: T, out: Bounded) => void,
): void {
  out.add(open);
  for (let i = 0; i < items.length && !out.full; i++) {
    if (i > 0) out.add(', ');
    one(items[i]!, out);
  }
  out.add(close);
}
