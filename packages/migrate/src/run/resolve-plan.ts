import { StatewrightError } from '@statewright/bytes';
import type { Savepoint } from '@statewright/savepoint';
import { withoutEmptyOperators } from '../job/empty-operators.js';
import { plannedJobOf } from '../job/plan-job.js';
import type { PlannedJob, PlannedOperator } from '../job/planned-job.js';
import { operatorLabel, stateLabel } from '../job/select.js';
import type { Plan } from '../plan/plan.js';
import { STEPS } from '../steps/index.js';
import { CATEGORIES, type Category, type StepChange, type StepContext, type StepRow } from '../steps/step.js';

/** What steps get from whoever runs the plan; see `StepContext`. */
export type PlanSurroundings = Pick<
  StepContext,
  'flinkVersion' | 'readFile' | 'pathOf' | 'loadModule' | 'nowMillis'
>;

/** A plan put on a snapshot: what will be, and what each step does. Nothing of the state was read. */
export interface ResolvedPlan {
  readonly plan: Plan;
  readonly job: PlannedJob;
  readonly steps: readonly ResolvedStep[];
  /** The most that any step does. */
  readonly category: Category;
  readonly writing: WriteSettings;
}

/** How the result is written, beside what the steps say. */
export interface WriteSettings {
  /** The release whose metadata version is written, for example `2.3`; undefined: that of the snapshot. */
  readonly flinkVersion: string | undefined;
  /** Leave in-flight records of an unaligned checkpoint out; without it they are a reason to refuse. */
  readonly dropInFlight: boolean;
}

/** What one step does. */
export interface ResolvedStep {
  readonly index: number;
  readonly verb: string;
  readonly changes: readonly StepChange[];
  readonly category: Category;
}

/** How a plan is put on a snapshot. */
export interface ResolveOptions {
  readonly rows?: readonly StepRow[] | undefined;
  readonly writing?: WriteSettings | undefined;
  /** Is told each step that has been put on the snapshot: what there is when a later one fails. */
  readonly resolved?: ((step: ResolvedStep) => void) | undefined;
}

/** Puts a plan on a snapshot, step by step. BAD_DOCUMENT at the first step that does not fit it. */
export async function resolvePlan(
  savepoint: Savepoint,
  plan: Plan,
  surroundings: PlanSurroundings,
  options: ResolveOptions = {},
): Promise<ResolvedPlan> {
  const { rows = STEPS, writing = { flinkVersion: undefined, dropInFlight: false } } = options;
  let job = plannedJobOf(savepoint);
  const steps: ResolvedStep[] = [];
  for (const step of plan.steps) {
    const row = rows.find(({ verb }) => verb === step.verb);
    if (row === undefined) throw step.error([], `there is no step ${JSON.stringify(step.verb)}`);
    const changes: StepChange[] = [];
    job = await row.apply(job, { ...surroundings, step, change: (change) => changes.push(change) });
    expectDistinct(job, step);
    const resolved = { index: step.index, verb: step.verb, changes, category: most(changes) };
    options.resolved?.(resolved);
    steps.push(resolved);
  }
  return { plan, job: withoutEmptyOperators(job), steps, category: most(steps), writing };
}

/** The category that says the most. */
export function most(parts: readonly { readonly category: Category }[]): Category {
  const ranks = parts.map(({ category }) => CATEGORIES.indexOf(category));
  return CATEGORIES[Math.max(0, ...ranks)]!;
}

/** Throws when a step has left two things with one name. */
function expectDistinct(job: PlannedJob, step: Plan['steps'][number]): void {
  const ids = new Map<string, PlannedOperator>();
  for (const operator of job.operators) {
    const other = ids.get(operator.id);
    if (other !== undefined) {
      const reason = `operators ${operatorLabel(other)} and ${operatorLabel(operator)} would both have the id ${operator.id}`;
      throw step.error([], reason);
    }
    ids.set(operator.id, operator);
    expectDistinctStates(operator, step);
  }
}

/** Keyed state, timers and operator state have names of their own; list, union and broadcast state share theirs. */
const NAME_SPACES: { readonly [kind: string]: string } = {
  timer: 'timer',
  'operator-list': 'operator',
  'union-list': 'operator',
  broadcast: 'operator',
};

function expectDistinctStates(operator: PlannedOperator, step: Plan['steps'][number]): void {
  const names = new Set<string>();
  for (const state of operator.states) {
    const name = `${NAME_SPACES[state.kind] ?? 'keyed'} ${state.name}`;
    if (names.has(name)) throw step.error([], `two states would be called ${stateLabel(operator, state)}`);
    names.add(name);
  }
}

/** The error for what a plan asks for and this snapshot does not allow. */
export function cannotMigrate(kind: string, reason: string, next?: string): StatewrightError {
  return new StatewrightError('NOT_SUPPORTED', { kind, reason, next });
}
