import {
  AvroUnionValue,
  EitherValue,
  MapValue,
  RecordValue,
  RowValue,
  SetValue,
  TtlValue,
} from '@statewright/serializers';

/** What stands for a masked value. */
export const MASKED = '***';

/** Masks parts of entries. */
export interface Mask {
  /** Nothing is masked. */
  readonly off: boolean;
  /** A part of an entry (`key`, `namespace`, `value`) as it may be shown: a copy where something in it is masked. */
  apply(part: string, value: unknown): unknown;
}

type Path = readonly string[];

/**
 * The mask of paths such as `key` or `value.address.street`. A name is that of a field, or the position of a tuple's or
 * row's (`f0`, `0`); in maps `key` and `value` stand for all keys and all values, and elements of lists and sets need no
 * name of their own: `value.email` masks the email of every element of a list of records.
 */
export function maskOf(paths: readonly string[]): Mask {
  const split = paths.map((path) => path.split('.'));
  return {
    off: split.length === 0,
    apply(part, value) {
      const own = split.filter(([first]) => first === part).map((path) => path.slice(1));
      return masked(value, own);
    },
  };
}

function masked(value: unknown, paths: readonly Path[]): unknown {
  if (paths.length === 0 || value === null || value === undefined) return value;
  if (paths.some((path) => path.length === 0)) return MASKED;
  if (typeof value !== 'object') return value;
  return maskedObject(value, paths);
}

function maskedObject(value: object, paths: readonly Path[]): unknown {
  if (value instanceof RecordValue) {
    const fields = fieldsOf(value.fields, value.shape.names, paths);
    return new RecordValue(value.shape, fields, value.subclass);
  }
  if (value instanceof RowValue) {
    return new RowValue(value.kind, fieldsOf(value.fields, value.names, paths), value.names);
  }
  if (value instanceof MapValue) {
    const [keys, values] = [inside(paths, 'key'), inside(paths, 'value')];
    return new MapValue(value.entries.map(([k, v]) => [masked(k, keys), masked(v, values)] as const));
  }
  if (value instanceof SetValue) return new SetValue(value.elements.map((each) => masked(each, paths)));
  if (Array.isArray(value)) return value.map((each, i) => masked(each, [...paths, ...position(paths, i)]));
  if (value instanceof EitherValue) return new EitherValue(value.side, masked(value.value, paths));
  if (value instanceof AvroUnionValue) return new AvroUnionValue(value.branch, masked(value.value, paths));
  if (value instanceof TtlValue) return new TtlValue(value.lastAccessMillis, masked(value.value, paths));
  // A scalar, or bytes whose fields nobody knows: rather too much is hidden than too little.
  return MASKED;
}

function fieldsOf(
  fields: readonly unknown[],
  names: readonly string[] | undefined,
  paths: readonly Path[],
): unknown[] {
  return fields.map((field, i) => {
    const named = names?.[i];
    return masked(field, [...(named === undefined ? [] : inside(paths, named)), ...position(paths, i)]);
  });
}

function position(paths: readonly Path[], index: number): Path[] {
  return [...inside(paths, `f${index}`), ...inside(paths, String(index))];
}

function inside(paths: readonly Path[], name: string): Path[] {
  return paths.filter(([first]) => first === name).map((path) => path.slice(1));
}
