import type { ResolvedPlan } from '../resolve-plan.js';
import type { WriteTask } from '../write-task.js';
import { layoutOf } from './layout.js';

/** The tasks that write what a plan makes of a snapshot, the same for the same plan. NOT_SUPPORTED for what cannot be written. */
export function writeTasks(resolved: ResolvedPlan): readonly WriteTask[] {
  return layoutOf(resolved).tasks.map(({ id, kind, after, bytes, label }) => ({
    id,
    kind,
    after,
    bytes,
    label,
  }));
}
