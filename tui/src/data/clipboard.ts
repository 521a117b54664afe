import {
  AvroUnionValue,
  EitherValue,
  MapValue,
  RecordValue,
  RowValue,
  SetValue,
  TtlValue,
  toJson,
} from '@statewright/serializers';

/** A clipboard that comes over the wire takes no more, in characters. */
const MOST_COPIED = 74_000;

/** A value as JSON for the clipboard, and what is said of it. A value that is too large is not walked to its end. */
export function clipboardOf(value: unknown): { readonly copy?: string; readonly say: string } {
  const text = atLeast(value, MOST_COPIED) ? undefined : toJson(value);
  if (text === undefined || text.length > MOST_COPIED)
    return { say: `more than ${MOST_COPIED} characters are too many for a clipboard: e exports them` };
  return { copy: text, say: `${text.length} characters of JSON are in the clipboard` };
}

/** Whether the JSON of a value has at least so many characters, as far as that is told by its first parts: each has one at least. */
export function atLeast(value: unknown, characters: number): boolean {
  let left = characters;
  const stack: unknown[] = [value];
  while (stack.length > 0 && left > 0) {
    const next = stack.pop();
    if (typeof next === 'string') left -= next.length;
    else if (next instanceof Uint8Array) left -= next.length;
    else {
      left--;
      const parts = partsOf(next);
      for (let i = 0; i < parts.length && i < left; i++) stack.push(parts[i]);
      left -= parts.length;
    }
  }
  return left <= 0;
}

function partsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (value instanceof MapValue) return value.entries;
  if (value instanceof SetValue) return value.elements;
  if (value instanceof RecordValue || value instanceof RowValue) return value.fields;
  if (value instanceof EitherValue || value instanceof AvroUnionValue || value instanceof TtlValue)
    return [value.value];
  return [];
}
