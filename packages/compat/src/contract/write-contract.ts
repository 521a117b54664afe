import { operatorIdOfUid } from '@statewright/savepoint';
import type { SerializerSnapshot, SnapshotFormat } from '@statewright/serializers';
import type { JobSchema, OperatorSchema, StateDeclaration } from '../schema/job-schema.js';
import { type SharedTypes, sharedTypes } from './shared-types.js';
import { isKeyed, type StateShape, shapeOf } from './state-shape.js';
import { kryoEntries } from './type-syntax/forms/kryo.js';
import { printDefinition, printTypeLines } from './type-syntax/print-type.js';
import { sameType } from './type-syntax/same-type.js';
import { yamlEntry, yamlText } from './yaml-scalar.js';

/** What `writeContract` may know beside the schema. */
export interface ContractOptions {
  /** Formats of serializers beside Flink's own, with which the snapshot was opened. */
  readonly formats?: readonly SnapshotFormat[];
}

const HEAD = [
  '# State contract: what the job keeps and how it is serialized.',
  '# Compare it with a savepoint by "statewright check SAVEPOINT --against THIS-FILE".',
  'version: 1',
];
const VOID_NAMESPACE = 'VoidNamespaceSerializerSnapshot';

/**
 * The state contract of a job, as YAML that `readContract` gives back: operators and states by name, so that the same states
 * always give the same text. Operators that hold no state are not in it. Columns of one snapshot's numbers are not in it
 * either: parallelism, sizes, ids of checkpoints.
 */
export function writeContract(schema: JobSchema, options: ContractOptions = {}): string {
  const operators = sortedOperators(schema.operators);
  const roots = operators.flatMap(({ states }) => states.flatMap(rootsOf));
  const kryo = commonKryo(roots);
  const shared = sharedTypes(roots, { formats: options.formats, kryo });
  const lines = [...HEAD, ...flinkLine(schema), ...backendLine(schema)];
  if (kryo.length > 0) lines.push('', 'kryo:', ...kryo.map((entry) => `  - ${yamlText(entry)}`));
  if (shared.types.length > 0) {
    lines.push('', 'types:');
    for (const { name, snapshot } of shared.types) {
      lines.push(...yamlEntry(yamlText(name), printDefinition(snapshot, shared.options), 2));
    }
  }
  lines.push('', operators.length === 0 ? 'operators: {}' : 'operators:');
  const taken = new Set<string>();
  for (const operator of operators) lines.push(...operatorLines(operator, taken, shared));
  return `${lines.join('\n')}\n`;
}

function flinkLine({ source }: JobSchema): string[] {
  if (source.flinkVersions === undefined) return [];
  const [first, last] = source.flinkVersions;
  return [`flink: "${first === last ? first : `${first} - ${last}`}"`];
}

function backendLine({ backend }: JobSchema): string[] {
  return backend === undefined ? [] : [`backend: ${backend}`];
}

/** What most of the Kryo types say is registered, so that it can be said once. */
function commonKryo(roots: readonly SerializerSnapshot[]): readonly string[] {
  const counts = new Map<string, { entries: readonly string[]; count: number }>();
  const visit = (snapshot: SerializerSnapshot): void => {
    const entries = kryoEntries(snapshot);
    if (entries !== undefined) {
      const key = entries.join('\n');
      counts.set(key, { entries, count: (counts.get(key)?.count ?? 0) + 1 });
    }
    for (const inner of snapshot.nested) visit(inner);
  };
  for (const root of roots) visit(root);
  const [most] = [...counts].sort(([a, { count: m }], [b, { count: n }]) => n - m || compare(a, b));
  return most?.[1].entries ?? [];
}

function sortedOperators(operators: readonly OperatorSchema[]): OperatorSchema[] {
  const held = operators.filter(({ states, hasOtherState }) => states.length > 0 || hasOtherState);
  return held.sort((a, b) => compare(a.uid ?? `~${a.id}`, b.uid ?? `~${b.id}`) || compare(a.id, b.id));
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The types that the contract will spell out for a state. */
function rootsOf(state: StateDeclaration) {
  const { key, namespace, value } = shapeOf(state) ?? state;
  return [...(isKeyed(state.kind) ? [key, namespace] : []), value].filter((root) => root !== undefined);
}

function operatorLines(operator: OperatorSchema, taken: Set<string>, shared: SharedTypes): string[] {
  const { uid, id, name, maxParallelism } = operator;
  const label = uid === undefined || taken.has(uid) ? id : uid;
  taken.add(label);
  const lines = [`  ${yamlText(label)}:`];
  if (uid === undefined)
    lines.push('    uid: ~ # not in the snapshot; the name above is the id of the operator');
  else if (uid !== label) lines.push(`    uid: ${yamlText(uid)}`);
  if (uid !== undefined && operatorIdOfUid(uid) !== id) lines.push(`    id: "${id}"`);
  if (name !== undefined) lines.push(`    name: ${yamlText(name)}`);
  if (maxParallelism !== undefined) lines.push(`    maxParallelism: ${maxParallelism}`);
  if (operator.hasOtherState) lines.push('    otherState: true');
  const key = commonKey(operator);
  if (key !== undefined) lines.push(...yamlEntry('key', printTypeLines(key, shared.options, 6), 4));
  if (operator.states.length > 0) lines.push('    states:');
  const labels = new Set<string>();
  const states = [...operator.states].sort((a, b) => compare(a.name, b.name) || compare(a.kind, b.kind));
  for (const state of states) lines.push(...stateLines(state, labels, key, shared));
  return lines;
}

type Key = StateDeclaration['key'];

/** The key of all keyed states of an operator; undefined when they do not have one in common. */
function commonKey({ states }: OperatorSchema): Key {
  const keys = states.filter(({ kind }) => isKeyed(kind)).map(({ key }) => key);
  const [first] = keys;
  if (first === undefined) return undefined;
  return keys.every((key) => key !== undefined && sameType(key, first)) ? first : undefined;
}

function stateLines(
  state: StateDeclaration,
  labels: Set<string>,
  common: Key,
  shared: SharedTypes,
): string[] {
  const { name, kind } = state;
  const label = labels.has(name) ? `${name} (${kind})` : name;
  labels.add(label);
  const lines = [`      ${yamlText(label)}:`];
  if (label !== name) lines.push(`        name: ${yamlText(name)}`);
  lines.push(`        kind: ${kind}`);
  if (state.stateV2) lines.push('        api: v2');
  const shape = shapeOf(state);
  if (isKeyed(kind)) lines.push(...keyedLines(state, shape, common, shared));
  const entry = (key: string, snapshot: StateDeclaration['value']) =>
    yamlEntry(key, printTypeLines(snapshot, shared.options, 10), 8);
  if (shape === undefined) {
    lines.push(...entry('serializer', state.value));
    if (state.userKey !== undefined) lines.push(...entry('userKey', state.userKey));
    if (kind === 'broadcast' && state.key !== undefined) lines.push(...entry('key', state.key));
  } else if (shape.value !== undefined) lines.push(...entry('value', shape.value));
  if (state.ttl) lines.push(`        ttl: ${state.ttlMillis === undefined ? 'on' : `${state.ttlMillis} ms`}`);
  return lines;
}

/** Key and namespace, where they are not those that the contract understands without words. */
function keyedLines(
  state: StateDeclaration,
  shape: StateShape | undefined,
  common: Key,
  shared: SharedTypes,
): string[] {
  const { key } = state;
  const { namespace } = shape ?? state;
  const lines: string[] = [];
  if (key === undefined) lines.push('        key: ~');
  else if (common === undefined) lines.push(...yamlEntry('key', printTypeLines(key, shared.options, 10), 8));
  if (namespace === undefined) {
    if (state.kind !== 'timer') lines.push('        namespace: ~');
  } else if (!namespace.className.endsWith(VOID_NAMESPACE)) {
    lines.push(...yamlEntry('namespace', printTypeLines(namespace, shared.options, 10), 8));
  }
  return lines;
}
