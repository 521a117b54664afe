import { ask, type PlanVerb } from '../verb.js';

/** Steps on an operator, or on the whole snapshot. */
export const JOB_VERBS: readonly PlanVerb[] = [
  {
    verb: 'rename-operator',
    key: 'r',
    does: 'give the operator another uid',
    fits: ({ level }) => level === 'operator',
    given: ({ operator }) => ({ operator }),
    asks: [ask('to', 'new uid of the operator:', ({ operator }) => operator)],
  },
  {
    verb: 'drop-operator',
    key: 'D',
    does: 'leave the operator out, with all its state',
    fits: ({ level }) => level === 'operator',
    given: ({ operator }) => ({ operator }),
    asks: [],
  },
  {
    verb: 'set-max-parallelism',
    key: 'P',
    does: 'spread keyed state over another number of key groups',
    fits: ({ level }) => level === 'operator',
    given: ({ operator }) => ({ operator }),
    asks: [ask('to', 'new max parallelism:', ({ maxParallelism }) => String(maxParallelism ?? ''))],
  },
  {
    verb: 'relocate',
    does: 'name state files by where the output will lie',
    fits: ({ level }) => level === 'operator',
    given: () => ({}),
    asks: [ask('to', 'where the output will lie (empty: relative paths):')],
  },
];
