import { resolve } from 'node:path';
import type { PlanText, TriedPlan } from '@statewright/migrate';
import type { Session } from '../data/session.js';
import type { DraftStep } from './draft.js';

/** What migrates: loaded when it is first needed, so that the first screen does not wait for it. */
export const loadMigrate = () => import('@statewright/migrate');

/** Steps as the text of a plan: one on each line behind the first two. */
export async function draftText(
  { draft }: Session,
  steps: readonly DraftStep[] = draft.steps,
): Promise<PlanText> {
  const { writePlan } = await loadMigrate();
  return { file: 'the plan', text: writePlan(steps), directory: draft.directory ?? resolve('.') };
}

/** Lines of a plan's text before its first step. */
const HEAD_LINES = 2;

/** Which step of a draft's text an error is about; undefined where that is not told. */
export function stepOfError({ error, steps, plan }: TriedPlan): number | undefined {
  if (error === undefined) return undefined;
  if (plan !== undefined) return steps.length;
  return error.at === undefined ? undefined : error.at.line - HEAD_LINES - 1;
}

/** Puts steps on the snapshot of a session, as `plan` and `apply` would. */
export async function trySteps(
  session: Session,
  steps: readonly DraftStep[],
  directory?: string,
): Promise<TriedPlan> {
  const { tryPlan } = await loadMigrate();
  const text = await draftText(session, steps);
  const { flinkVersion } = session.migrate;
  return tryPlan(
    session.savepoint,
    { ...text, directory: directory ?? text.directory },
    { flinkVersion, nowMillis: BigInt(Math.trunc(session.now())) },
  );
}
