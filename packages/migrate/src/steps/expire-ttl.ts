import { hasTtl } from '@statewright/savepoint';
import { changedFeeds } from '../entries/change-entries.js';
import { keepItems } from '../entries/keep-items.js';
import { durationOption, momentOption } from '../entries/time-options.js';
import { withState } from '../job/plan-job.js';
import type { PlannedJob } from '../job/planned-job.js';
import { type SelectedState, selectOperator, selectState, stateLabel } from '../job/select.js';
import type { PlanStep } from '../plan/plan.js';
import { OPERATOR, options, STATE, text } from './options.js';
import type { StepRow } from './step.js';

/** What has expired is left out. */
export const expireTtl: StepRow = {
  verb: 'expire-ttl',
  purpose: 'leave out what was last used so long before a moment that Flink would no longer give it',
  category: 'lossy',
  since: '0.1.0',
  options: options(
    {
      state: { ...STATE, description: 'only this state, as OPERATOR/STATE' },
      operator: { ...OPERATOR, description: 'all states with TTL of this operator' },
      all: { const: true, description: 'true: all states with TTL' },
      ttl: text('the time to live, as in the job: 7 d, 12 h, 30 min; snapshots do not hold it'),
      at: {
        type: ['string', 'integer'],
        description:
          'the moment at which it is judged: now, milliseconds since the epoch, or ISO 8601 in UTC',
      },
    },
    ['ttl', 'at'],
  ),
  example: 'expire-ttl: { state: sessions/last-seen, ttl: 7 d, at: "2026-11-25T00:00:00Z" }',
  apply(job, { step, change, nowMillis }) {
    const ttl = durationOption(step, 'ttl');
    const at = momentOption(step, 'at', nowMillis);
    let now = job;
    for (const { operator, state } of selected(job, step)) {
      const changed = keepItems(
        state,
        step,
        (_, item) => item.ttl === undefined || !isExpired(item.ttl, ttl, at),
      );
      change({
        mark: '-',
        address: stateLabel(operator, state),
        what: `expired after ${String(step.options.ttl)} at ${new Date(Number(at)).toISOString()}`,
        category: 'lossy',
        loses: 'what has expired by then',
      });
      const own = now.operators.find(({ id }) => id === operator.id)!;
      now = withState(now, own, state, { ...state, feeds: changedFeeds(state, step, changed) });
    }
    return now;
  },
};

/** The states with TTL that the step names. BAD_DOCUMENT when there are none, or not just one of the options says which. */
function selected(job: PlannedJob, step: PlanStep): readonly SelectedState[] {
  const named = ['state', 'operator', 'all'].filter((option) => step.options[option] !== undefined);
  if (named.length !== 1) {
    throw step.error(
      [],
      `one of state, operator and all says what may expire, but ${named.length} are given`,
    );
  }
  if (named[0] === 'state') {
    const one = selectState(job, step);
    if (hasTtl(one.state)) return [one];
    throw step.error(['state'], 'the state has no TTL, so nothing tells when its values were last used');
  }
  const operators = named[0] === 'all' ? job.operators : [selectOperator(job, step)];
  const states = operators.flatMap((operator) =>
    operator.states.filter(hasTtl).map((state) => ({ operator, state })),
  );
  if (states.length > 0) return states;
  throw step.error([named[0]!], 'there is no state with TTL');
}

const MAX_LONG = (1n << 63n) - 1n;

/** Follows `TtlUtils#expired` (Flink 1.20 and 2.3): expired from the moment on at which the time to live is over. */
export function isExpired(lastAccess: bigint, ttl: bigint, at: bigint): boolean {
  const span = lastAccess > 0n && MAX_LONG - lastAccess < ttl ? MAX_LONG - lastAccess : ttl;
  return lastAccess + span <= at;
}
