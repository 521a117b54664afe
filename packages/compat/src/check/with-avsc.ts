import { StatewrightError } from '@statewright/bytes';
import type { AvroSnapshot, SerializerSnapshot } from '@statewright/serializers';
import { readAvsc } from '../avro/avsc.js';
import { isAvro } from '../resolve/snapshot-kinds.js';
import type { JobSchema, StateDeclaration } from '../schema/job-schema.js';
import { nameOfOperator } from './likely-operators.js';

/** A file with an Avro schema, and the state that it is for. */
export interface AvscFile {
  readonly file: string;
  readonly text: string;
  /** `OPERATOR/STATE`; undefined: the only one with Avro. */
  readonly state: string | undefined;
}

interface Found {
  readonly address: string;
  readonly state: StateDeclaration;
  readonly avro: AvroSnapshot;
}

/**
 * The same job with another Avro schema in one of its states: where the schema of that name stood, else the only Avro schema
 * of the state. USAGE when it is not clear which one is meant.
 */
export function withAvsc(job: JobSchema, { file, text, state: wanted }: AvscFile): JobSchema {
  const all = job.operators.flatMap((operator) =>
    operator.states.flatMap((state) => {
      const address = `${nameOfOperator(operator)}/${state.name}`;
      const avros = [...avroIn(state.value)];
      return (wanted === undefined || wanted === address) && avros.length > 0
        ? avros.map((avro): Found => ({ address, state, avro }))
        : [];
    }),
  );
  const { state, avro } = theOne(all, file, readAvsc(file, text), wanted);
  const now = readAvsc(file, text, avro);
  const operators = job.operators.map((operator) => ({
    ...operator,
    states: operator.states.map((one) =>
      one === state ? { ...one, value: replaced(one.value, avro, now) } : one,
    ),
  }));
  return { ...job, source: { ...job.source, path: file }, operators };
}

function theOne(all: readonly Found[], file: string, now: AvroSnapshot, wanted: string | undefined): Found {
  const named = all.filter(({ avro }) => nameOf(avro) !== undefined && nameOf(avro) === nameOf(now));
  const found = named.length > 0 ? named : all;
  if (found.length === 1) return found[0]!;
  const where = wanted === undefined ? 'the snapshot' : `"${wanted}"`;
  const addresses = [...new Set(found.map(({ address }) => address))];
  throw new StatewrightError('USAGE', {
    kind: '--against',
    reason:
      found.length === 0
        ? `${where} has no state with Avro that "${file}" could be the schema of`
        : `"${file}" may be the schema of ${found.length} places: ${addresses.join(', ')}`,
    next: found.length === 0 ? '`schema` shows the types of all states' : 'name one with --state OP/STATE',
  });
}

function nameOf({ schema }: AvroSnapshot): string | undefined {
  return 'name' in schema && typeof schema.name === 'string' ? schema.name : undefined;
}

function* avroIn(snapshot: SerializerSnapshot): Iterable<AvroSnapshot> {
  if (isAvro(snapshot)) yield snapshot;
  for (const nested of snapshot.nested) yield* avroIn(nested);
}

/** The tree with one node exchanged, wherever the formats' own fields refer to it. */
function replaced(
  tree: SerializerSnapshot,
  node: SerializerSnapshot,
  by: SerializerSnapshot,
): SerializerSnapshot {
  const walk = (value: unknown): unknown => {
    if (value === node) return by;
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
    if (Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, walk(part)]));
  };
  return walk(tree) as SerializerSnapshot;
}
