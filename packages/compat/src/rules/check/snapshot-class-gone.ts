import { unreadableWhenDropped } from '../../check/dropped-serializers.js';
import type { CheckRule } from './check-rule.js';

const NEXT = 'move the state to a type that the target release has, before the upgrade';

/** A serializer that the target release no longer has. */
export const SNAPSHOT_CLASS_GONE: CheckRule = {
  row: {
    id: 'snapshot-class-gone',
    purpose: 'a serializer that the target release no longer has',
    level: 'restore',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: 'The header of the state names a snapshot class that the target release does not have: Scala serializers and a few others went with 2.0, newer ones are missing from older releases. Flink reads all headers of an operator, also those of states that the job does not ask for.',
      harm: 'Flink refuses to restore the operator: the job fails, and restarts and fails again.',
      remedy: 'Move the state to another type while the job still runs on the old release.',
    },
  },
  next: () => NEXT,
  state: (state, operator, job) =>
    unreadableWhenDropped(state, operator, job).map(({ label, failure: { reason, at } }) => ({
      operator: operator.address,
      state: state.address,
      path: `${state.address} > ${label}`,
      reason: `${reason}, which it does although the new job drops the state`,
      next: NEXT,
      before: { file: at.span.file, start: at.span.start, end: at.span.end },
      facts: [at.className],
    })),
};
