import { closest } from '@statewright/inspect';
import type { StateKind } from '@statewright/savepoint';
import type { PlanStep } from '../plan/plan.js';
import type { PlannedJob, PlannedOperator, PlannedState } from './planned-job.js';

/** Hash prefixes shorter than this are taken for names. */
const MIN_HASH_PREFIX = 4;
const HEX = /^[0-9a-f]+$/i;

/** How messages call an operator: uid, else name, else the head of its hash. */
export function operatorLabel({ uid, name, id }: PlannedOperator): string {
  return uid ?? name ?? id.slice(0, 8);
}

/** How messages call a state. */
export function stateLabel(operator: PlannedOperator, state: PlannedState): string {
  return `${operatorLabel(operator)}/${state.name}`;
}

/** The operator that an option of a step names, as it is called at that step; the step's error with the closest names. */
export function selectOperator(job: PlannedJob, step: PlanStep, option = 'operator'): PlannedOperator {
  const text = String(step.options[option]);
  const found = matching(job, text);
  if (found.length === 1) return found[0]!;
  if (found.length > 1) {
    const next = `name one of ${found.map(({ id }) => id).join(', ')}`;
    throw step.error([option], `several operators are meant by ${quote(text)}`, next);
  }
  const known = job.operators.flatMap(({ uid, name, id }) =>
    [uid, name, id].filter((each) => each !== undefined),
  );
  throw step.error([option], `no operator is called ${quote(text)} at this step`, nearest(text, known));
}

/** A state and its operator. */
export interface SelectedState {
  readonly operator: PlannedOperator;
  readonly state: PlannedState;
}

/** The one state that an option of a step names as `OPERATOR/STATE`; a kind tells a timer queue from a state of its name. */
export function selectState(
  job: PlannedJob,
  step: PlanStep,
  option = 'state',
  kinds?: readonly StateKind[],
): SelectedState {
  const text = String(step.options[option]);
  const found = statesAt(job, text);
  const fitting = kinds === undefined ? found : found.filter(({ state }) => kinds.includes(state.kind));
  // A timer queue may have the name of a state; steps mean the state unless they take queues only.
  const plain = fitting.filter(({ state }) => state.kind !== 'timer');
  const chosen = plain.length > 0 ? plain : fitting;
  if (chosen.length === 1) return chosen[0]!;
  if (chosen.length > 1) throw step.error([option], `several states are meant by ${quote(text)}`);
  if (found.length > 0) {
    const reason = `${quote(text)} is a ${found[0]!.state.kind} state, but ${step.verb} takes ${kinds!.join(', ')}`;
    throw step.error([option], reason);
  }
  const known = job.operators.flatMap((operator) =>
    operator.states.map((state) => stateLabel(operator, state)),
  );
  throw step.error([option], `no state is called ${quote(text)} at this step`, nearest(text, known));
}

/** The states that `within` means: one, those of an operator, or all when the option is absent. */
export function selectWithin(job: PlannedJob, step: PlanStep, option = 'within'): readonly SelectedState[] {
  const text = step.options[option];
  if (text === undefined) return allStates(job.operators);
  const states = statesAt(job, String(text));
  return states.length > 0 ? states : allStates([selectOperator(job, step, option)]);
}

function allStates(operators: readonly PlannedOperator[]): SelectedState[] {
  return operators.flatMap((operator) => operator.states.map((state) => ({ operator, state })));
}

/** Where a step puts a state: an operator of the job, or a new one of that uid; and the state's name. */
export interface NewPlace {
  readonly operator: PlannedOperator | undefined;
  readonly uid: string;
  readonly name: string;
}

/** The place that `OPERATOR/STATE` names, whether or not there is such an operator; the first `/` parts a new one. */
export function placeFor(
  job: PlannedJob,
  step: PlanStep,
  path: readonly (string | number)[],
  text: string,
): NewPlace {
  const places = splits(text).flatMap(([uid, name]) => {
    const found = matching(job, uid);
    return found.map((operator) => ({ operator, uid, name }));
  });
  if (places.length > 1) throw step.error(path, `several operators are meant by ${quote(text)}`);
  const [first] = splits(text);
  if (places.length === 1) return places[0]!;
  if (first === undefined) throw step.error(path, `${quote(text)} is no OPERATOR/STATE`);
  return { operator: undefined, uid: first[0], name: first[1] };
}

/** A text at each of its slashes, where something stands on both sides. */
function splits(text: string): [before: string, after: string][] {
  const found: [string, string][] = [];
  for (let slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', slash + 1)) {
    if (slash > 0 && slash < text.length - 1) found.push([text.slice(0, slash), text.slice(slash + 1)]);
  }
  return found;
}

/** Both names may contain `/`, so every split is tried. */
function statesAt(job: PlannedJob, text: string): SelectedState[] {
  const found: SelectedState[] = [];
  for (let slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', slash + 1)) {
    const name = text.slice(slash + 1);
    for (const operator of matching(job, text.slice(0, slash))) {
      const states = operator.states.filter((state) => state.name === name);
      found.push(...states.map((state) => ({ operator, state })));
    }
  }
  return found;
}

function matching({ operators }: PlannedJob, text: string): readonly PlannedOperator[] {
  const exact = operators.filter(({ uid, name, id }) => uid === text || name === text || id === text);
  if (exact.length > 0 || text.length < MIN_HASH_PREFIX || !HEX.test(text)) return exact;
  return operators.filter(({ id }) => id.startsWith(text.toLowerCase()));
}

function nearest(text: string, known: readonly string[]): string | undefined {
  const near = closest(text, known, 3);
  if (near.length === 0)
    return known.length > 0 && known.length <= 8 ? `there is ${known.join(', ')}` : undefined;
  return `did you mean ${near.map(quote).join(' or ')}`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
