import {
  type AvroEnum,
  type AvroJson,
  type AvroRecord,
  type AvroType,
  AvroUnionValue,
  BigDecimalValue,
  MapValue,
  RecordValue,
  SetValue,
  TimeValues,
} from '@statewright/serializers';
import { epochDayOf, nanosOfDay } from './civil.js';
import { type Fit, fitAll, Misfit } from './misfit.js';
import { microsOf, millisOf } from './moments.js';
import { NUMBER_FITS } from './numbers.js';

/** Makes the decoded values of an Avro schema from decoded values of other types, by the names of fields. */
export function avroFit(schema: AvroType): Fit {
  const made = new Map<AvroType, Fit>();
  const fitOf = (type: AvroType): Fit => {
    const known = made.get(type);
    if (known !== undefined) return known;
    // A recursive record meets itself before it is made.
    made.set(type, (value) => made.get(type)!(value));
    const fit = makeFit(type, fitOf);
    made.set(type, fit);
    return fit;
  };
  return fitOf(schema);
}

type FitOf = (type: AvroType) => Fit;

function makeFit(type: AvroType, fitOf: FitOf): Fit {
  switch (type.kind) {
    case 'record':
      return recordFit(type, fitOf);
    case 'array':
      return arrayFit(fitOf(type.items));
    case 'map':
      return mapFit(fitOf(type.values));
    case 'union':
      return unionFit(type.branches, fitOf);
    case 'enum':
      return enumFit(type);
    case 'fixed':
      return (value) =>
        value instanceof Uint8Array && value.length === type.size
          ? value
          : new Misfit(`where ${type.size} bytes are expected`);
    case 'primitive':
      return primitiveFit(type);
  }
}

function recordFit(type: AvroRecord, fitOf: FitOf): Fit {
  const shape = { className: type.name, names: type.fields.map(({ name }) => name) };
  const fits = type.fields.map((field) => fitOf(field.type));
  const defaults = type.fields.map((field) =>
    field.default === undefined ? undefined : { value: defaultValue(field.default, field.type) },
  );
  return (value) => {
    if (!(value instanceof RecordValue)) return new Misfit('where an object is expected');
    const { names } = value.shape;
    const more = names.find((name) => !shape.names.includes(name));
    if (more !== undefined) return new Misfit(`whose field ${more} the schema does not have`);
    const fields: unknown[] = [];
    for (const [i, name] of shape.names.entries()) {
      const at = names.indexOf(name);
      const one = at < 0 ? defaults[i]?.value : nullable(fits[i]!)(value.fields[at]);
      if (one === undefined)
        return new Misfit(`which has no field ${name}, and the schema no default for it`);
      if (one instanceof Misfit) return one.in(name, value.fields[at]);
      fields.push(one);
    }
    return new RecordValue(shape, fields);
  };
}

/** Null is one of a union's values and of no other type's; POJOs write it for any. */
function nullable(fit: Fit): Fit {
  return (value) => {
    const made = fit(value);
    return value === null && made instanceof Misfit ? new Misfit('which the schema does not allow') : made;
  };
}

function arrayFit(element: Fit): Fit {
  return (value) => {
    const elements = value instanceof SetValue ? value.elements : value;
    if (!Array.isArray(elements)) return new Misfit('where an array is expected');
    return each(elements, element);
  };
}

/** As `fitAll`, but the schema decides what becomes of null. */
function each(values: readonly unknown[], fit: Fit): unknown[] | Misfit {
  const made: unknown[] = [];
  for (const [i, value] of values.entries()) {
    const one = fit(value);
    if (one instanceof Misfit) return one.in(i, value);
    made.push(one);
  }
  return made;
}

function mapFit(item: Fit): Fit {
  return (value) => {
    if (!(value instanceof MapValue)) return new Misfit('where a map is expected');
    const keys = fitAll(
      value.entries.map(([key]) => key),
      () => (key) =>
        typeof key === 'string' ? key : new Misfit('where a text is expected: keys of Avro maps are'),
      () => 'key',
    );
    if (keys instanceof Misfit) return keys;
    const items = each(
      value.entries.map(([, one]) => one),
      item,
    );
    return items instanceof Misfit ? items : new MapValue(keys.map((key, i) => [key, items[i]] as const));
  };
}

/** The first branch that takes the value. */
function unionFit(branches: readonly AvroType[], fitOf: FitOf): Fit {
  const fits = branches.map(fitOf);
  return (value) => {
    let first: Misfit | undefined;
    for (const [i, fit] of fits.entries()) {
      const made = fit(value);
      if (!(made instanceof Misfit)) return new AvroUnionValue(i, made);
      first = first === undefined || first.path.length < made.path.length ? made : first;
    }
    return first ?? new Misfit('which no branch of the union takes');
  };
}

function enumFit({ symbols, name, default: other }: AvroEnum): Fit {
  const known = new Set(symbols);
  return (value) => {
    if (typeof value === 'string' && known.has(value)) return value;
    return typeof value === 'string' && other !== undefined
      ? other
      : new Misfit(`where a symbol of ${name} is expected`);
  };
}

type Primitive = Extract<AvroType, { kind: 'primitive' }>;

const { LocalDateValue, LocalTimeValue } = TimeValues;

/** How values that Avro has a logical type for become its bytes' type. */
const LOGICAL: { readonly [name: string]: (value: unknown, type: Primitive) => unknown } = {
  'timestamp-millis': (value) => (typeof value === 'object' ? millisOf(value) : value),
  'timestamp-micros': (value) => (typeof value === 'object' ? microsOf(value) : value),
  date: (value) => (value instanceof LocalDateValue ? epochDayOf(value) : value),
  'time-millis': (value) =>
    value instanceof LocalTimeValue ? whole(nanosOfDay(value), 1_000_000n, 'a millisecond') : value,
  'time-micros': (value) =>
    value instanceof LocalTimeValue ? whole(nanosOfDay(value), 1_000n, 'a microsecond') : value,
  decimal: (value, { logicalType }) =>
    value instanceof BigDecimalValue ? decimalBytes(value, logicalType?.scale ?? 0) : value,
};

function whole(nanos: bigint, unit: bigint, name: string): bigint | Misfit {
  return nanos % unit === 0n ? nanos / unit : new Misfit(`which is finer than ${name}`);
}

/** Two's complement, big-endian, as few bytes as it needs: `BigInteger#toByteArray`. */
function decimalBytes({ unscaled, scale }: BigDecimalValue, wanted: number): Uint8Array | Misfit {
  if (scale > wanted) return new Misfit(`which has more than ${wanted} digits behind the point`);
  const value = unscaled * 10n ** BigInt(wanted - scale);
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 8n) {
    bytes.unshift(Number(rest & 0xffn));
    if (BigInt.asIntN(8, rest) === rest) return Uint8Array.from(bytes);
  }
}

function primitiveFit(type: Primitive): Fit {
  const logical = type.logicalType === undefined ? undefined : LOGICAL[type.logicalType.name];
  const plain = plainFit(type.type);
  return (value) => {
    const prepared = logical === undefined || value === null ? value : logical(value, type);
    return prepared instanceof Misfit ? prepared : plain(prepared);
  };
}

function plainFit(name: Primitive['type']): Fit {
  const expected =
    (test: (value: unknown) => boolean): Fit =>
    (value) =>
      test(value) ? value : new Misfit(`where Avro's ${name} is expected`);
  if (name === 'null') return expected((value) => value === null);
  if (name === 'boolean') return expected((value) => typeof value === 'boolean');
  if (name === 'string') return expected((value) => typeof value === 'string');
  if (name === 'bytes') return expected((value) => value instanceof Uint8Array);
  const fit = NUMBER_FITS[name]!;
  return (value) =>
    typeof value === 'number' || typeof value === 'bigint'
      ? fit(value)
      : new Misfit(`where Avro's ${name} is expected`);
}

/** The decoded value of a default in a schema; of a union it is one of the first branch. Follows Avro 1.11. */
export function defaultValue(json: AvroJson, type: AvroType): unknown {
  switch (type.kind) {
    case 'union':
      return new AvroUnionValue(0, defaultValue(json, type.branches[0]!));
    case 'record':
      return defaultRecord(json, type);
    case 'array':
      return (json as readonly AvroJson[]).map((one) => defaultValue(one, type.items));
    case 'map':
      return new MapValue(
        [...(json as ReadonlyMap<string, AvroJson>)].map(
          ([key, one]) => [key, defaultValue(one, type.values)] as const,
        ),
      );
    case 'enum':
      return json;
    case 'fixed':
      return latin1(String(json));
    case 'primitive':
      if (type.type === 'bytes') return latin1(String(json));
      if (type.type === 'long') return BigInt(json as bigint);
      return typeof json === 'bigint'
        ? Number(json)
        : type.type === 'float'
          ? Math.fround(json as number)
          : json;
  }
}

function defaultRecord(json: AvroJson, type: AvroRecord): RecordValue {
  const given = json as ReadonlyMap<string, AvroJson>;
  const fields = type.fields.map(({ name, type: fieldType, default: own }) =>
    defaultValue(given.get(name) ?? own ?? null, fieldType),
  );
  return new RecordValue({ className: type.name, names: type.fields.map(({ name }) => name) }, fields);
}

/** Avro writes bytes in JSON as characters up to U+00FF. */
function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (unit) => unit.charCodeAt(0));
}
