import type { SerializerSnapshot } from '@statewright/serializers';
import { millisOfText } from '../config/units.js';
import type { StateDeclaration } from '../schema/job-schema.js';
import { badText } from '../yaml/read-yaml.js';
import type { StateDocument } from './contract-document.js';
import type { ContractReader } from './read-contract.js';
import { isKeyed, type StateSerializers, serializersOf, shapeKeyword, voidNamespace } from './state-shape.js';

/** What a state takes from its operator. */
interface FromOperator {
  readonly key: SerializerSnapshot | undefined;
  /** Labels of the states read so far, by the space of names that they are in, and name. */
  readonly names: Map<string, string>;
}

type Path = readonly string[];

/** Reads one state of a contract; `path` leads to it, its last step is the name. */
export function readState(
  reader: ContractReader,
  path: Path,
  document: StateDocument,
  operator: FromOperator,
): StateDeclaration {
  const { kind, api } = document;
  const label = path.at(-1)!;
  const name = document.name ?? label;
  requireNewName(reader, path, document, name, operator.names);
  requireFittingKeys(reader, path, document, operator);
  const { ttl, ttlMillis } = readTtl(reader, path, document);
  const described = { kind, ttl, stateV2: api === 'v2' };
  const serializers = readSerializers(reader, path, document, operator.key, described);
  return {
    name,
    ...described,
    ttlMillis,
    ...serializers,
    ignores: reader.ignores(path, document.ignore),
    place: reader.placeOfKey(path),
  };
}

/** Keyed state, timers and operator state may share a name; two of one space may not. */
function requireNewName(
  { yaml }: ContractReader,
  path: Path,
  { kind }: StateDocument,
  name: string,
  names: Map<string, string>,
): void {
  const space = kind === 'timer' ? 'timer' : isKeyed(kind) ? 'keyed' : 'operator';
  const key = `${space} ${name}`;
  const other = names.get(key);
  if (other !== undefined) {
    const reason = `"${path.at(-1)}" and "${other}" are both called "${name}"`;
    throw badText(yaml.file, yaml.placeOfKey(path), reason, 'two states of an operator need two names');
  }
  names.set(key, path.at(-1)!);
}

/** BAD_DOCUMENT for keys that mean nothing in a state of this kind, or that are missing. */
function requireFittingKeys(
  { yaml }: ContractReader,
  path: Path,
  document: StateDocument,
  operator: FromOperator,
): void {
  const { kind, value, serializer, key, namespace, userKey, api } = document;
  const wrong = (what: string, reason: string, next?: string) =>
    badText(yaml.file, yaml.placeOfKey([...path, what]), reason, next);
  const missing = (reason: string, next: string) => badText(yaml.file, yaml.placeOfKey(path), reason, next);
  if (value !== undefined && serializer !== undefined)
    throw wrong('serializer', 'a state has a value or a serializer, but both are given');
  if (!isKeyed(kind)) {
    if (namespace !== undefined) throw wrong('namespace', `state of kind ${kind} has no namespace`);
    if (api === 'v2') throw wrong('api', `state of kind ${kind} has no api v2`);
    if (key !== undefined && (kind !== 'broadcast' || serializer === undefined))
      throw wrong('key', `state of kind ${kind} belongs to no key`, 'take it out');
    if (document.ttl !== undefined && document.ttl !== 'off' && document.ttl !== false)
      throw wrong('ttl', `state of kind ${kind} has no TTL`);
  } else if (key === undefined && operator.key === undefined) {
    throw missing('nothing tells the key of this state', 'write "key: TYPE" here or at its operator');
  }
  if (userKey !== undefined && (serializer === undefined || api !== 'v2' || kind !== 'map'))
    throw wrong('userKey', 'userKey stands only beside serializer, in a map state with api v2');
  if (kind === 'timer') {
    if (value !== undefined) throw wrong('value', 'a timer holds nothing but its key and its namespace');
  } else if (value === undefined && serializer === undefined) {
    throw missing('nothing tells what this state holds', 'write "value: TYPE"');
  }
}

function readTtl(
  { yaml }: ContractReader,
  path: Path,
  { ttl, kind }: StateDocument,
): Pick<StateDeclaration, 'ttl' | 'ttlMillis'> {
  if (ttl === undefined || ttl === false || ttl === 'off') return { ttl: false, ttlMillis: undefined };
  if (kind === 'timer') throw badText(yaml.file, yaml.placeOf([...path, 'ttl']), 'timers have no TTL');
  if (ttl === true || ttl === 'on') return { ttl: true, ttlMillis: undefined };
  const millis = millisOfText(ttl);
  if (millis !== undefined && millis > 0) return { ttl: true, ttlMillis: BigInt(millis) };
  const reason = `"${ttl}" is neither on nor off nor a duration`;
  throw badText(yaml.file, yaml.placeOf([...path, 'ttl']), reason, 'write it like 7 d');
}

type Described = Pick<StateDeclaration, 'kind' | 'ttl' | 'stateV2'>;

function readSerializers(
  reader: ContractReader,
  path: Path,
  document: StateDocument,
  operatorKey: SerializerSnapshot | undefined,
  described: Described,
): StateSerializers {
  const { kind } = described;
  const read = (key: 'key' | 'namespace' | 'value' | 'serializer' | 'userKey') => {
    const text = document[key];
    return typeof text === 'string' ? reader.readType([...path, key], text) : undefined;
  };
  const keyed = isKeyed(kind);
  const key = document.key === undefined && keyed ? operatorKey : read('key');
  const namespace =
    document.namespace === undefined && keyed ? voidNamespace(reader.yaml.file) : read('namespace');
  const serializer = read('serializer');
  if (serializer !== undefined) {
    const hasNamespace = keyed && kind !== 'timer';
    return {
      key,
      namespace: hasNamespace ? namespace : undefined,
      value: serializer,
      userKey: read('userKey'),
    };
  }
  const serializers = serializersOf(described, { key, namespace, value: read('value') });
  if (serializers !== undefined) return serializers;
  throw misshapen(reader, path, described);
}

function misshapen({ yaml }: ContractReader, path: Path, { kind }: Described) {
  if (kind === 'timer') {
    return badText(yaml.file, yaml.placeOfKey(path), 'a timer has a key and a namespace, but one is ~');
  }
  const wanted = shapeKeyword(kind) === 'list' ? 'list<TYPE>' : 'map<TYPE, TYPE>';
  const place = yaml.placeOf([...path, 'value']);
  const next = 'write "serializer: TYPE" for a serializer of your own';
  return badText(yaml.file, place, `the value of state of kind ${kind} is ${wanted}`, next);
}
