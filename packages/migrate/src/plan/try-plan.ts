import type { ErrorDetails, StatewrightError } from '@statewright/bytes';
import { openSavepoint, type Savepoint } from '@statewright/savepoint';
import { asStatewrightError } from '../error-view.js';
import type { PlannedJob } from '../job/planned-job.js';
import type { PlanText } from '../run/request.js';
import { most, type ResolvedStep, resolvePlan } from '../run/resolve-plan.js';
import { surroundingsOf } from '../run/surroundings.js';
import type { Category } from '../steps/step.js';
import { namedUids } from './named-uids.js';
import type { Plan } from './plan.js';
import { plannedSavepoint } from './planned-savepoint.js';
import { readPlan } from './read-plan.js';

/** What a plan makes of a snapshot's operators and types, as far as its steps fit it. */
export interface TriedPlan {
  /** Undefined when the text is no plan. */
  readonly plan: Plan | undefined;
  /** The steps that fit. */
  readonly steps: readonly ResolvedStep[];
  /** The most that any of those does. */
  readonly category: Category;
  /** The job, and the snapshot as it will be opened, without entries; undefined when there is an error. */
  readonly job: PlannedJob | undefined;
  readonly savepoint: Savepoint | undefined;
  readonly error: StatewrightError | undefined;
  /** The option of the first step that does not fit that the error is about, where it is about one. */
  readonly option: string | undefined;
}

/** What a plan is tried with. */
export interface TryOptions {
  /** The Flink release that the result is for; by default the newest that may have written the snapshot. */
  readonly flinkVersion?: string | undefined;
  /** Milliseconds since the epoch that steps take for now. */
  readonly nowMillis: bigint;
}

/**
 * Puts a plan on an open snapshot: what it makes of operators, names and types, and the first step that does not fit. No entry is
 * read, so that it takes no longer than opening the snapshot. Never throws for data.
 */
export async function tryPlan(
  savepoint: Savepoint,
  text: PlanText,
  { flinkVersion, nowMillis }: TryOptions,
): Promise<TriedPlan> {
  const steps: ResolvedStep[] = [];
  let plan: Plan | undefined;
  try {
    plan = await readPlan(text.file, text.text);
    const source = await withUids(savepoint, namedUids(plan));
    const surroundings = surroundingsOf({
      fs: source.fs,
      directory: text.directory,
      flinkVersion: flinkVersion ?? source.flinkVersions[1],
      nowMillis,
    });
    const resolved = await resolvePlan(source, plan, surroundings, { resolved: (step) => steps.push(step) });
    const { job, category } = resolved;
    return {
      plan,
      steps,
      category,
      job,
      savepoint: plannedSavepoint(job),
      error: undefined,
      option: undefined,
    };
  } catch (cause) {
    const error = asStatewrightError(cause);
    const option = optionAt(plan?.steps[steps.length], error.at);
    return { plan, steps, category: most(steps), job: undefined, savepoint: undefined, error, option };
  }
}

/** The snapshot with the uids that a plan names, where it holds hashes only. */
async function withUids(savepoint: Savepoint, named: readonly string[]): Promise<Savepoint> {
  const known = new Set(savepoint.operators.flatMap(({ uid, name, id }) => [uid, name, id]));
  const news = named.filter((uid) => !known.has(uid));
  if (news.length === 0 || savepoint.operators.every(({ uid }) => uid !== undefined)) return savepoint;
  return openSavepoint(savepoint.location.metadataPath, {
    fs: savepoint.fs,
    snapshots: savepoint.formats,
    uidCandidates: [...savepoint.operators.flatMap(({ uid }) => uid ?? []), ...news],
    ...savepoint.resolveOptions,
  });
}

/** The option that stands last before the place of an error: it is about that option, or about something in it. */
function optionAt(step: Plan['steps'][number] | undefined, at: ErrorDetails['at']): string | undefined {
  if (step === undefined || at === undefined) return undefined;
  const before = Object.keys(step.options)
    .map((name) => ({ name, place: step.placeOf([name]) }))
    .filter(({ place }) => place.line < at.line || (place.line === at.line && place.column <= at.column))
    .sort((a, b) => b.place.line - a.place.line || b.place.column - a.place.column);
  return before[0]?.name;
}
