import type { Describe } from '@statewright/inspect';
import type { StateKind } from '@statewright/savepoint';
import type { TypeDescription } from '@statewright/serializers';
import type { JobSchema, OperatorSchema, StateDeclaration } from '../schema/job-schema.js';
import type { Clues } from './known-message.js';
import type { TraceFacts } from './trace-facts.js';

/** Where in a job a message can come from. */
export interface Located {
  /** Of the operator, as it is addressed; undefined where several fit. */
  readonly operator: string | undefined;
  /** `OPERATOR/STATE`; undefined where several fit. */
  readonly state: string | undefined;
  /** `OPERATOR/STATE > value > field tags`, at most `MOST_PATHS`. */
  readonly paths: readonly string[];
}

const MOST_PATHS = 20;
/** Parts of one type that are looked at. */
const MOST_NODES = 10_000;

interface Hit {
  readonly operator: string;
  readonly state: string;
  readonly path: string;
}

/** Looks the clues of a message and the facts of its trace up in the states that a snapshot or contract has. */
export function locate(job: JobSchema, describe: Describe, clues: Clues, facts: TraceFacts): Located {
  const operators = operatorsOf(job, clues, facts);
  const kinds = clues.kinds ?? (facts.kind === undefined ? undefined : [facts.kind]);
  const tries = relaxed(clues).map((some) => operators.flatMap((one) => hitsIn(one, describe, some, kinds)));
  const hits = tries.find((found) => found.length > 0) ?? [];
  const one = <T>(values: readonly T[]) => (new Set(values).size === 1 ? values[0] : undefined);
  return {
    operator: one(hits.map((hit) => hit.operator)) ?? one(operators.map(addressOf)),
    state: one(hits.map((hit) => hit.state)),
    paths: [...new Set(hits.map(({ path }) => path))].slice(0, MOST_PATHS),
  };
}

/** The clues, then fewer of them: a message may name a field or a class that only the new job has. */
function relaxed(clues: Clues): Clues[] {
  const { serializer, className, field } = clues;
  const tries = [clues];
  if (className !== undefined && field !== undefined) tries.push({ ...clues, field: undefined });
  if (serializer !== undefined && className !== undefined)
    tries.push({ ...clues, className: undefined, field: undefined });
  return tries;
}

function addressOf({ uid, name, id }: OperatorSchema): string {
  return uid ?? name ?? id;
}

/** The operator that the trace names; else the first one of its chain, if that has state; else all. */
function operatorsOf(job: JobSchema, clues: Clues, facts: TraceFacts): readonly OperatorSchema[] {
  const named = clues.operatorId ?? facts.operatorId;
  if (named !== undefined) return job.operators.filter(({ id }) => id === named);
  const chain = job.operators.filter(({ id, states }) => id === facts.chainId && states.length > 0);
  return chain.length > 0 ? chain : job.operators;
}

function hitsIn(
  operator: OperatorSchema,
  describe: Describe,
  clues: Clues,
  kinds: readonly StateKind[] | undefined,
): Hit[] {
  const address = addressOf(operator);
  return operator.states
    .filter(({ kind }) => kinds === undefined || kinds.includes(kind))
    .flatMap((state) => {
      const name = `${address}/${state.name}`;
      const paths = pathsIn(state, describe, clues).map((path) => [name, ...path].join(' > '));
      return paths.map((path) => ({ operator: address, state: name, path }));
    });
}

/** Paths inside of a state, from its key, namespace or value inward. */
function pathsIn(state: StateDeclaration, describe: Describe, clues: Clues): string[][] {
  if (clues.all === true && clues.className === undefined && clues.serializer === undefined) {
    return clues.place === undefined || state[clues.place] !== undefined ? [[clues.place ?? []].flat()] : [];
  }
  const places = (['key', 'namespace', 'value'] as const).filter(
    (place) => clues.place === undefined || clues.place === place,
  );
  return places.flatMap((place) => {
    const snapshot = state[place];
    if (snapshot === undefined) return [];
    const type = describe(snapshot);
    if (clues.all === true && clues.className === undefined && clues.serializer === undefined)
      return [[place]];
    return [...matching(type, [place], clues, { left: MOST_NODES })];
  });
}

function* matching(
  type: TypeDescription,
  path: readonly string[],
  clues: Clues,
  budget: { left: number },
): Iterable<string[]> {
  if (budget.left-- <= 0) return;
  if (fits(type, clues, path.length === 1)) {
    yield clues.field === undefined ? [...path] : [...path, `field ${clues.field}`];
    // Parts of what one serializer writes name the same serializer.
    if (clues.className === undefined) return;
  }
  for (const { name, type: child } of type.fields ?? []) {
    yield* matching(child, [...path, stepOf(type, name)], clues, budget);
  }
  for (const { name, type: child } of type.subclasses ?? []) {
    yield* matching(child, [...path, `subclass ${name}`], clues, budget);
  }
}

/** Parts of records are fields; parts of collections and wrappers have names of their own. */
function stepOf(parent: TypeDescription, name: string): string {
  return /^(?:key|value|element|left|right|namespace|timestamp)$/.test(name) && !FIELDS.has(parent.type)
    ? name
    : `field ${name}`;
}

const FIELDS: ReadonlySet<string> = new Set(['pojo', 'avro', 'record', 'row', 'case-class']);

/** A class is looked for at any depth; a serializer alone only at the top, where messages print it, unless it is a leaf. */
function fits(type: TypeDescription, clues: Clues, top: boolean): boolean {
  const { className, serializer, field } = clues;
  if (field !== undefined && !(type.fields ?? []).some(({ name }) => name === field)) return false;
  if (className !== undefined) return ownsClass(type, className);
  if (serializer !== undefined) return type.serializer === serializer && (top || clues.place === undefined);
  return field !== undefined;
}

/** By full name, or by simple name where the message has no more. */
function ownsClass(type: TypeDescription, className: string): boolean {
  if (type.class === undefined) return false;
  const simple = !className.includes('.');
  const own = simple
    ? type.class.slice(Math.max(type.class.lastIndexOf('.'), type.class.lastIndexOf('$')) + 1)
    : type.class;
  return own === className;
}
