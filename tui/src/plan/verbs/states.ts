import type { PlaceState, PlanPlace } from '../place.js';
import { type Ask, ask, type PlanVerb, type StepOptions } from '../verb.js';

/** The state, at itself and at the root of its value. */
function own({ level, state }: PlanPlace): PlaceState | undefined {
  return level === 'state' || level === 'value' ? state : undefined;
}

function address({ state }: PlanPlace): StepOptions {
  return { state: state!.address };
}

const KEYED: ReadonlySet<string> = new Set(['value', 'list', 'map', 'reducing', 'aggregating']);

function isKeyed(place: PlanPlace): boolean {
  return KEYED.has(own(place)?.kind ?? '');
}

/** Entries are loaded into a state that is named: of an operator, and not of the state at the cursor. */
const isNew: NonNullable<Ask['when']> = (_, { level }) => level === 'operator';

/** Steps on a state. A queue of timers has the name that Flink gives it. */
export const STATE_VERBS: readonly PlanVerb[] = [
  {
    verb: 'rename-state',
    key: 'r',
    does: 'rename the state',
    fits: ({ level, state }) => level === 'state' && state?.kind !== 'timer',
    given: address,
    asks: [ask('to', 'new name of the state:', ({ state }) => state!.name)],
  },
  {
    verb: 'drop-state',
    key: 'D',
    does: 'leave the state out',
    fits: ({ level }) => level === 'state',
    given: address,
    asks: [],
  },
  {
    verb: 'add-ttl',
    key: 'T',
    does: 'give the state a time to live',
    fits: (place) => isKeyed(place) && !place.state!.ttl,
    given: address,
    asks: [ask('last-used', 'last access of all values (now, epoch, a time):', 'now')],
  },
  {
    verb: 'remove-ttl',
    key: 'T',
    does: 'take the time to live away',
    fits: (place) => isKeyed(place) && place.state!.ttl,
    given: address,
    asks: [],
  },
  {
    verb: 'expire-ttl',
    key: 'T',
    does: 'leave out what has expired',
    fits: (place) => isKeyed(place) && place.state!.ttl,
    given: address,
    asks: [
      ask('ttl', 'time to live of the job (7 d, 12 h, 30 min):'),
      ask('at', 'expired by when (now, or a time):', 'now'),
    ],
  },
  {
    verb: 'map-values',
    does: 'give each value another one, by an expression',
    fits: (place) => own(place) !== undefined && own(place)!.kind !== 'timer',
    given: address,
    asks: [ask('value', 'new value (CEL):', 'value')],
  },
  {
    verb: 'filter-entries',
    does: 'keep only the entries for which a condition is true',
    fits: (place) => own(place) !== undefined,
    given: address,
    asks: [ask('keep', 'keep where (CEL):')],
  },
  {
    verb: 'merge-states',
    does: 'make one state of this one and others',
    fits: ({ level, state }) => level === 'state' && state?.kind !== 'timer',
    given: () => ({}),
    asks: [
      ask('states', 'the states, with commas between them:', ({ state }) => `${state!.address}, `),
      ask('to', 'the state that they become:', ({ state }) => state!.address),
      ask('duplicates', 'of entries with the same key (fail, first, last):', 'fail', { usual: 'fail' }),
    ],
  },
  {
    verb: 'split-state',
    does: 'part the entries into several states',
    fits: ({ level, state }) => level === 'state' && state?.kind !== 'timer',
    given: address,
    asks: [
      ask('into', 'new states (JSON):', '[{ "state": "small", "where": "value < 10" }, { "state": "rest" }]'),
    ],
  },
  {
    verb: 'load-state',
    does: 'load entries from NDJSON, CSV or Parquet',
    fits: ({ level }) => level === 'state' || level === 'operator',
    given: ({ state }) => (state === undefined ? {} : { state: state.address }),
    asks: [
      ask('state', 'the state, which may be new:', ({ operator }) => `${operator}/`, { when: isNew }),
      ask('kind', 'kind of a new state (value, list, map):', 'value', { when: isNew }),
      ask('value', 'type of its values:', '', { when: isNew }),
      ask('from', 'file with the entries:', './entries.ndjson'),
      ask('duplicates', 'of entries with the same key (fail, first, last):', 'fail', { usual: 'fail' }),
    ],
  },
  {
    verb: 'set-source-offsets',
    does: 'give partitions of a source other offsets',
    fits: ({ level, state }) => level === 'state' && /^(?:operator|union)-list$/.test(state?.kind ?? ''),
    given: address,
    asks: [
      ask('partition', 'field that tells the partition (empty: a split of Kafka):'),
      ask('offset', 'field that is the offset:', '', { when: ({ partition }) => partition !== undefined }),
      ask('set', 'new offsets (JSON):', '{ "topic-0": 0 }'),
    ],
  },
];
