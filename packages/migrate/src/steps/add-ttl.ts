import { hasTtl } from '@statewright/savepoint';
import { feedsLastUsed } from '../entries/last-used.js';
import { momentOption } from '../entries/time-options.js';
import { wrapType } from '../entries/wrap-type.js';
import { withState } from '../job/plan-job.js';
import { selectState, stateLabel } from '../job/select.js';
import { withElement } from '../types/change-state.js';
import { KEYED_KINDS } from '../types/ttl-kinds.js';
import { options, STATE } from './options.js';
import type { StepRow } from './step.js';

/** A state gets a time to live. */
export const addTtl: StepRow = {
  verb: 'add-ttl',
  purpose: 'give a state the form that it has with TTL, every value with a time of last access',
  category: 'rewriting',
  since: '0.1.0',
  options: options(
    {
      state: STATE,
      'last-used': {
        type: ['string', 'integer'],
        description:
          'the time of last access that every value gets: now, epoch (all have expired), milliseconds since the epoch, or ISO 8601 in UTC. A plan that says now gives other bytes at another time',
      },
    },
    ['state', 'last-used'],
  ),
  example: 'add-ttl: { state: sessions/count, last-used: "2026-01-01T00:00:00Z" }',
  apply(job, { step, change, nowMillis }) {
    const { operator, state } = selectState(job, step, 'state', KEYED_KINDS);
    if (hasTtl(state)) throw step.error(['state'], 'the state has TTL already');
    const ttl = step.options['last-used'] === 'epoch' ? 0n : momentOption(step, 'last-used', nowMillis);
    const { stateV2 } = state;
    const feeds = feedsLastUsed(state, step, ttl);
    const wrap = stateV2 ? 'ttl-v2<e>' : 'ttl<e>';
    const valueSerializer = withElement(state, (e) => wrapType(wrap, { e }));
    const what = `TTL added, last used ${new Date(Number(ttl)).toISOString()}`;
    change({ mark: '+', address: stateLabel(operator, state), what, category: 'rewriting' });
    return withState(job, operator, state, { ...state, valueSerializer, feeds });
  },
};
