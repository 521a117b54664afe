import { operatorIdOfUid } from '@statewright/savepoint';
import { momentOption } from '../entries/time-options.js';
import type { PlannedJob, PlannedOperator, PlannedState } from '../job/planned-job.js';
import { type NewPlace, operatorLabel, placeFor } from '../job/select.js';
import { loadFeed } from '../load/load-feed.js';
import { existingState, type LoadTarget, newState } from '../load/load-state.js';
import { LOAD_FORMATS, loadFile } from '../load/read-file.js';
import { count, DUPLICATES, options, STATE, text } from './options.js';
import type { StepContext, StepRow } from './step.js';

const KINDS = [
  'value',
  'list',
  'map',
  'reducing',
  'aggregating',
  'timer',
  'operator-list',
  'union-list',
  'broadcast',
] as const;

const TYPE_OF = 'in the syntax of contracts';

/** Entries come from a file. */
export const loadState: StepRow = {
  verb: 'load-state',
  purpose:
    'load entries from NDJSON, CSV or Parquet into a state, which may be new, of an operator, which may be new',
  category: 'rewriting',
  since: '0.1.0',
  options: options(
    {
      state: { ...STATE, description: `${String(STATE.description)}; a new operator by its uid` },
      from: text('the file, relative to the plan'),
      format: { enum: [...LOAD_FORMATS], description: 'format of the file; default: by its suffix' },
      kind: { enum: [...KINDS], description: 'kind of a new state' },
      key: text(`type of the keys ${TYPE_OF}; needed where the operator has no keyed state yet`),
      value: text(
        `type of a new state's value ${TYPE_OF}: list<T> for lists, map<K, V> for maps and broadcast state`,
      ),
      namespace: text(`type of the namespaces ${TYPE_OF}; default: void-namespace, as outside of windows`),
      ttl: { type: 'boolean', description: 'a new state has TTL; default: false' },
      'last-used': {
        type: ['string', 'integer'],
        description: 'last access of rows that do not tell it: now, milliseconds, or ISO 8601',
      },
      columns: {
        type: 'object',
        additionalProperties: { type: 'string' },
        description:
          'columns or members of other names, by key, value, value.FIELD, userKey, namespace, ttl, index',
      },
      duplicates: DUPLICATES,
      parallelism: count('subtasks of a new operator; default: 1', 1, 32768),
      maxParallelism: count('key groups of a new operator', 1, 32768),
    },
    ['state', 'from'],
  ),
  example:
    'load-state: { state: profiles/names, kind: value, key: long, value: string, from: ./names.ndjson }',
  async apply(job, context) {
    const { step, change } = context;
    const { formats } = job.savepoint;
    const place = placeFor(job, step, ['state'], String(step.options.state));
    const old = existing(place, step.options.kind);
    const operator = place.operator ?? newOperator(context, place.uid);
    if (place.operator !== undefined) expectSameSize(context, place.operator);
    const target =
      old === undefined
        ? await newState(context, place.operator, place.name, formats)
        : await existingState(context, operator, old, formats);
    const state = { ...target.state, feeds: [...target.state.feeds, feedOf(job, context, target)] };
    const duplicates = step.options.duplicates as PlannedState['duplicates'];
    const now: PlannedState = duplicates === undefined ? state : { ...state, duplicates };
    const address = `${operatorLabel(operator)}/${place.name}`;
    const what = `${old === undefined ? `${now.kind} state, ` : ''}loaded from ${String(step.options.from)}`;
    change({ mark: old === undefined ? '+' : '~', address, what, category: 'rewriting' });
    const states =
      old === undefined ? [...operator.states, now] : operator.states.map((one) => (one === old ? now : one));
    const changed = { ...operator, states };
    const operators =
      place.operator === undefined
        ? [...job.operators, changed]
        : job.operators.map((one) => (one === place.operator ? changed : one));
    return { ...job, operators };
  },
};

/** The state of that name: a queue of timers and a state may share theirs. */
function existing({ operator, name }: NewPlace, kind: unknown): PlannedState | undefined {
  const found = operator?.states.filter((state) => state.name === name) ?? [];
  return found.find((state) => state.kind === kind) ?? (kind === 'timer' ? undefined : found[0]);
}

function newOperator({ step }: StepContext, uid: string): PlannedOperator {
  const { maxParallelism, parallelism = 1 } = step.options;
  if (maxParallelism === undefined) {
    const reason = `there is no operator ${JSON.stringify(uid)}, so its number of key groups is needed`;
    throw step.error([], reason, 'write maxParallelism: 128 if the job does not say otherwise');
  }
  if (Number(parallelism) > Number(maxParallelism)) {
    throw step.error(
      ['parallelism'],
      `it is ${parallelism}, but there are only ${maxParallelism} key groups`,
    );
  }
  return {
    source: undefined,
    id: operatorIdOfUid(uid),
    uid,
    name: undefined,
    parallelism: Number(parallelism),
    maxParallelism: Number(maxParallelism),
    states: [],
  };
}

function expectSameSize({ step }: StepContext, operator: PlannedOperator): void {
  for (const option of ['maxParallelism', 'parallelism'] as const) {
    const wanted = step.options[option];
    if (wanted === undefined || wanted === operator[option]) continue;
    const reason = `the operator exists, and its ${option} is ${operator[option]}`;
    throw step.error([option], reason, 'leave it out');
  }
}

function feedOf(job: PlannedJob, context: StepContext, { types }: LoadTarget) {
  const { step, pathOf, nowMillis } = context;
  const { fs, formats } = job.savepoint;
  const file = loadFile(step, fs, pathOf(String(step.options.from)));
  const columns = new Map(
    Object.entries((step.options.columns ?? {}) as { readonly [name: string]: string }),
  );
  const lastUsed =
    step.options['last-used'] === undefined ? undefined : momentOption(step, 'last-used', nowMillis);
  return loadFeed(file, types, { file: file.name, columns, lastUsed, formats });
}
