import {
  type CompositeSnapshot,
  EitherValue,
  type EnumSnapshot,
  MapValue,
  type PojoSnapshot,
  RecordValue,
  RowValue,
  type SerializerSnapshot,
  SetValue,
} from '@statewright/serializers';
import { isAvro } from '../avro-schema.js';
import { describeType } from '../type-word.js';
import { avroFit } from './avro.js';
import { type Fit, fitAll, Misfit } from './misfit.js';
import { TIME_FITS } from './moments.js';
import { article, NUMBER_FITS } from './numbers.js';

/*
 * Makes values of one serializer from decoded values that say the same in another form: objects that Kryo wrote, POJOs that
 * become Avro records, lists that become sets. Nothing is mended: a number must be the same number, a text a text, and a
 * record must have just the fields that are wanted.
 */

type Maker = (snapshot: SerializerSnapshot) => Fit;

/** Values as they are, if they are of a form. */
function only(what: string, test: (value: unknown) => boolean): Maker {
  return () => (value) => (test(value) ? value : new Misfit(`where ${what} is expected`));
}

function number(word: string): Maker {
  const fit = NUMBER_FITS[word]!;
  return () => (value) =>
    typeof value === 'string' || typeof value === 'boolean'
      ? new Misfit(`where ${article(word)} is expected`)
      : fit(value);
}

function time(word: string): Maker {
  const fit = TIME_FITS[word]!;
  return () => (value) =>
    typeof value === 'object' ? fit(value) : new Misfit(`where ${article(word)} is expected`);
}

const list: Maker = ({ nested: [element] }) => {
  const fit = structureFit(element!);
  return (value) => {
    const elements = elementsOf(value);
    return elements === undefined ? new Misfit('where a list is expected') : fitAll(elements, () => fit);
  };
};

const set: Maker = (snapshot) => {
  const fit = list(snapshot);
  return (value) => {
    const elements = fit(value);
    return elements instanceof Misfit ? elements : new SetValue(elements as unknown[]);
  };
};

/** The elements of a list, an array or a set. */
export function elementsOf(value: unknown): readonly unknown[] | undefined {
  if (value instanceof SetValue) return value.elements;
  if (Array.isArray(value)) return value;
  return value instanceof Uint8Array ? [...value].map((byte) => (byte << 24) >> 24) : undefined;
}

const map: Maker = ({ nested: [key, item] }) => {
  const [fitKey, fitItem] = [structureFit(key!), structureFit(item!)];
  return (value) => {
    if (!(value instanceof MapValue)) return new Misfit('where a map is expected');
    const keys = fitAll(
      value.entries.map(([one]) => one),
      () => fitKey,
      () => 'key',
    );
    if (keys instanceof Misfit) return keys;
    const items = fitAll(
      value.entries.map(([, one]) => one),
      () => fitItem,
      (i) => String(keys[i]),
    );
    return items instanceof Misfit ? items : new MapValue(keys.map((one, i) => [one, items[i]] as const));
  };
};

/** An array of primitives: elements of that type, bytes as they are. */
function primitives(word: string): Maker {
  const element = word.slice(0, -2);
  const fit =
    element === 'string' || element === 'char' || element === 'boolean' ? undefined : NUMBER_FITS[element];
  return () => (value) => {
    if (element === 'byte' && value instanceof Uint8Array) return value;
    const elements = elementsOf(value);
    if (elements === undefined) return new Misfit('where an array is expected');
    const made = fitAll(elements, () => fit ?? ((one) => one));
    if (made instanceof Misfit || element !== 'byte') return made;
    return Uint8Array.from(made as number[]);
  };
}

const enumeration: Maker = (snapshot) => {
  const { constants, enumClass } = snapshot as EnumSnapshot;
  const names = new Set(
    constants.map((one: unknown) => (typeof one === 'string' ? one : (one as { name: string }).name)),
  );
  return (value) =>
    typeof value === 'string' && names.has(value)
      ? value
      : new Misfit(`where a constant of ${enumClass} is expected`);
};

const pojo: Maker = (snapshot) => {
  const { pojoClass, fields } = snapshot as PojoSnapshot;
  const shape = { className: pojoClass, names: fields.map(({ name }) => name) };
  const fits = fields.map(({ value }) => (value === undefined ? undefined : structureFit(value)));
  return (value) => {
    const values = namedFields(value, shape.names);
    if (values instanceof Misfit) return values;
    const unknown: Fit = () => new Misfit('whose serializer the new type does not tell');
    const made = fitAll(
      values,
      (i) => fits[i] ?? unknown,
      (i) => shape.names[i]!,
    );
    return made instanceof Misfit ? made : new RecordValue(shape, made);
  };
};

/** The fields of a record by name: those that are wanted, and no others. */
function namedFields(value: unknown, wanted: readonly string[]): unknown[] | Misfit {
  if (!(value instanceof RecordValue)) return new Misfit('where an object is expected');
  const { names } = value.shape;
  if (value.subclass !== undefined) return new Misfit(`which is of the subclass ${value.subclass}`);
  const missing = wanted.find((name) => !names.includes(name));
  if (missing !== undefined) return new Misfit(`which has no field ${missing}`);
  const more = names.find((name) => !wanted.includes(name));
  if (more !== undefined) return new Misfit(`whose field ${more} the new type does not have`);
  return wanted.map((name) => value.fields[names.indexOf(name)]);
}

/** Fields by position: from an array, a row, or an object in the order of its fields. */
const positions: Maker = ({ nested }) => {
  const fits = nested.map(structureFit);
  return (value) => {
    const fields = value instanceof RecordValue || value instanceof RowValue ? value.fields : value;
    if (!Array.isArray(fields) || fields.length !== fits.length) {
      return new Misfit(`where ${fits.length} fields are expected`);
    }
    return fitAll(fields, (i) => fits[i]!);
  };
};

const row: Maker = (snapshot) => {
  const fit = positions(snapshot);
  return (value) => {
    const fields = fit(value);
    return fields instanceof Misfit ? fields : new RowValue(0, fields as unknown[]);
  };
};

const either: Maker = ({ nested: [left, right] }) => {
  const [one, two] = [structureFit(left!), structureFit(right!)];
  return (value) => {
    if (!(value instanceof EitherValue)) return new Misfit('where an Either is expected');
    const made = fitAll(
      [value.value],
      () => (value.side === 'left' ? one : two),
      () => value.side,
    );
    return made instanceof Misfit ? made : new EitherValue(value.side, made[0]);
  };
};

const inside: Maker = ({ nested: [inner] }) => structureFit(inner!);

const caseClass: Maker = (snapshot) => {
  const fit = positions(snapshot);
  const { outer, nested } = snapshot as CompositeSnapshot<string>;
  const shape = { className: outer, names: nested.map((_, i) => `_${i + 1}`) };
  return (value) => {
    const fields = fit(value);
    return fields instanceof Misfit ? fields : new RecordValue(shape, fields as unknown[]);
  };
};

/** By the word of `describeSerializer`. */
const MAKERS: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ...['byte', 'short', 'int', 'long', 'float', 'double', 'biginteger', 'bigdecimal'].map(
    (word) => [word, number(word)] as const,
  ),
  ...Object.keys(TIME_FITS).map((word) => [word, time(word)] as const),
  ['local-time', only('a time', (value) => typeof value === 'object')],
  ['boolean', only('true or false', (value) => typeof value === 'boolean')],
  ['string', only('a text', (value) => typeof value === 'string')],
  ['char', only('a char', (value) => typeof value === 'string' && value.length === 1)],
  ['enum', enumeration],
  ['list', list],
  ['array', list],
  ['set', set],
  ['map', map],
  ['pojo', pojo],
  ['tuple', positions],
  ['case-class', caseClass],
  ['row', row],
  ['either', either],
  ['nullable', inside],
]);

/** Whether values of a type can be made from others, see `structureFit`. */
export function canMake(snapshot: SerializerSnapshot): boolean {
  if ('unreadable' in snapshot) return false;
  if (isAvro(snapshot)) return true;
  return makerOf(snapshot) !== undefined && snapshot.nested.every(canMake);
}

function makerOf(snapshot: SerializerSnapshot): Maker | undefined {
  const { type } = describeType(snapshot);
  return MAKERS.get(type) ?? (type.endsWith('[]') ? primitives(type) : undefined);
}

/** Makes values of a type for which `canMake` holds; a `Misfit` with its path for what does not fit. */
export function structureFit(snapshot: SerializerSnapshot): Fit {
  if (isAvro(snapshot)) return avroFit(snapshot.schema);
  return makerOf(snapshot)?.(snapshot) ?? (() => new Misfit('of which no such type can be made'));
}
