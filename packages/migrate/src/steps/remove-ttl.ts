import { hasTtl } from '@statewright/savepoint';
import type { SerializerSnapshot } from '@statewright/serializers';
import { feedsLastUsed } from '../entries/last-used.js';
import { withState } from '../job/plan-job.js';
import type { PlannedState } from '../job/planned-job.js';
import { selectState, stateLabel } from '../job/select.js';
import { elementOf } from '../types/change-state.js';
import { KEYED_KINDS } from '../types/ttl-kinds.js';
import { options, STATE } from './options.js';
import type { StepRow } from './step.js';

/** A state loses its time to live. */
export const removeTtl: StepRow = {
  verb: 'remove-ttl',
  purpose: 'give a state the form that it has without TTL',
  category: 'lossy',
  since: '0.1.0',
  options: options({ state: STATE }, ['state']),
  example: 'remove-ttl: { state: sessions/count }',
  apply(job, { step, change }) {
    const { operator, state } = selectState(job, step, 'state', KEYED_KINDS);
    if (!hasTtl(state)) throw step.error(['state'], 'the state has no TTL');
    const feeds = feedsLastUsed(state, step, undefined);
    const loses = 'the times of last access; what has expired and is still there lives on';
    change({
      mark: '-',
      address: stateLabel(operator, state),
      what: 'TTL removed',
      category: 'lossy',
      loses,
    });
    return withState(job, operator, state, { ...state, valueSerializer: withoutTtl(state), feeds });
  },
};

function withoutTtl(state: PlannedState): SerializerSnapshot {
  const { kind, stateV2, valueSerializer } = state;
  const element = elementOf(state);
  const position = stateV2 ? undefined : kind === 'list' ? 0 : kind === 'map' ? 1 : undefined;
  if (position === undefined) return element;
  const nested = valueSerializer.nested.map((one, i) => (i === position ? element : one));
  return { ...valueSerializer, nested };
}
