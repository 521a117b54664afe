import type { Operator, State, StateStream } from '@statewright/savepoint';
import type { PlannedOperator, PlannedState } from '../../job/planned-job.js';
import { keepsBytes } from './compose-changes.js';
import type { SpillWork } from './work.js';

const OPERATOR_KINDS: readonly string[] = ['operator-list', 'union-list', 'broadcast'];

/** Whether a state is operator state: list, union or broadcast. */
export function isOperatorState({ kind }: { readonly kind: string }): boolean {
  return OPERATOR_KINDS.includes(kind);
}

/** Where a planned state comes from when it is one state of its operator's source, entry by entry in their key groups. */
export function ownSource(operator: PlannedOperator, state: PlannedState): State | undefined {
  const [feed, ...others] = state.feeds;
  if (feed === undefined || others.length > 0 || feed.type !== 'state') return undefined;
  if (feed.from.operator !== operator.source) return undefined;
  if (feed.changes.some((change) => change.type === 'entries' && change.rekeys)) return undefined;
  return feed.from;
}

/** Whether a state's entries stay byte for byte as they are. */
export function isUntouched(state: PlannedState): boolean {
  return state.feeds.every((feed) => feed.type === 'state' && keepsBytes(feed.changes));
}

/** Whether each of some states comes from one of its operator's source, and no two from the same. */
function eachFromItsOwn(operator: PlannedOperator, states: readonly PlannedState[]): boolean {
  const fed = states.filter(({ feeds }) => feeds.length > 0);
  const sources = fed.map((state) => ownSource(operator, state));
  return !sources.includes(undefined) && new Set(sources).size === sources.length;
}

/** How the keyed streams of an operator are made: each from its old one; from several, key group by key group; or sorted. */
export type KeyedMode = 'in-place' | 'moved' | 'sorted';

const KEYED_FORMATS: readonly string[] = ['canonical', 'heap', 'rocksdb', 'raw-keyed'];

/** The mode of an operator's keyed state. */
export function keyedModeOf(operator: PlannedOperator): KeyedMode {
  const { source, parallelism, maxParallelism } = operator;
  const keyed = operator.states.filter((state) => !isOperatorState(state));
  if (keyed.length === 0) return 'in-place';
  const had = source?.streams.some(({ format }) => KEYED_FORMATS.includes(format)) ?? false;
  if (source === undefined || !had || maxParallelism !== source.maxParallelism) return 'sorted';
  if (!eachFromItsOwn(operator, keyed) || movesRawTimers(operator, source)) return 'sorted';
  return parallelism === source.parallelism ? 'in-place' : 'moved';
}

/** Whether a raw keyed stream holds timers that are read like others. */
export function hasRawTimers({ rawTimers }: StateStream): boolean {
  return rawTimers === true;
}

/** Whether timers in raw keyed state do not stay as they are: then they become managed ones. */
function movesRawTimers(operator: PlannedOperator, source: Operator): boolean {
  const raw = source.streams.filter(hasRawTimers);
  if (raw.length === 0) return false;
  if (operator.parallelism !== source.parallelism) return true;
  return raw.some((stream) =>
    statesByIdIn(operator, stream).some(
      (state, id) => state === undefined || !isUntouched(state) || state.name !== stream.states[id]!.name,
    ),
  );
}

/** How the operator state streams are made: each from its old one, or of all elements anew. */
export function operatorModeOf(operator: PlannedOperator): 'in-place' | 'shared' {
  const { source, parallelism } = operator;
  const states = operator.states.filter(isOperatorState);
  if (states.length === 0) return 'in-place';
  const had = source?.streams.some(({ format }) => format === 'operator') ?? false;
  if (source === undefined || !had || parallelism !== source.parallelism) return 'shared';
  return eachFromItsOwn(operator, states) ? 'in-place' : 'shared';
}

/** The streams that the keyed or the operator state of an operator is made of. */
export function sortsOf(operator: PlannedOperator, kind: 'keyed' | 'operator'): readonly StateStream[] {
  const states = operator.states.filter((state) => isOperatorState(state) === (kind === 'operator'));
  const feeds = states.flatMap((state) => state.feeds);
  const parts = feeds.flatMap((feed) => (feed.type === 'state' ? feed.from.parts : []));
  return [...new Set(parts.map(({ stream }) => stream))];
}

/** What the keyed state of an operator is sorted out of: streams in the order of the feeds, then what is loaded. */
export function spillsOf(operator: PlannedOperator, operatorIndex: number): SpillWork[] {
  const sources: SpillWork['source'][] = sortsOf(operator, 'keyed').map((stream) => ({
    type: 'stream',
    stream,
  }));
  for (const state of operator.states) {
    if (isOperatorState(state)) continue;
    for (const feed of state.feeds) if (feed.type === 'load') sources.push({ type: 'load', state, feed });
  }
  return sources.map((source, index) => ({ kind: 'spill', operator, operatorIndex, index, source }));
}

/** The planned states by id of the stream they are held in; undefined where a state is left out. */
export function statesByIdIn(
  operator: PlannedOperator,
  stream: StateStream,
): readonly (PlannedState | undefined)[] {
  const byId = new Array<PlannedState | undefined>(stream.states.length).fill(undefined);
  for (const state of operator.states) {
    for (const part of ownSource(operator, state)?.parts ?? []) {
      if (part.stream === stream) byId[part.stateId] = state;
    }
  }
  return byId;
}
