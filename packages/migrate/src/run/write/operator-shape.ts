import type { State, StateStream } from '@statewright/savepoint';
import type { PlannedOperator, PlannedState } from '../../job/planned-job.js';
import { keepsBytes } from './compose-changes.js';

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

/** How the keyed streams of an operator are made: each from its old one; from several, key group by key group; or sorted. */
export type KeyedMode = 'in-place' | 'moved' | 'sorted';

/** The mode of an operator's keyed state. */
export function keyedModeOf(operator: PlannedOperator): KeyedMode {
  const { source } = operator;
  const keyed = operator.states.filter((state) => !isOperatorState(state));
  if (source === undefined) return keyed.length === 0 ? 'in-place' : 'sorted';
  if (keyed.length > 0 && operator.maxParallelism !== source.maxParallelism) return 'sorted';
  const fed = keyed.filter(({ feeds }) => feeds.length > 0);
  const sources = fed.map((state) => ownSource(operator, state));
  if (sources.includes(undefined) || new Set(sources).size < sources.length) return 'sorted';
  return operator.parallelism === source.parallelism ? 'in-place' : 'moved';
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

/** The state of the snapshot that a stream holds under an id. */
export function sourceStateAt(operator: PlannedOperator, stream: StateStream, id: number): State {
  return operator.source!.states.find((state) =>
    state.parts.some((part) => part.stream === stream && part.stateId === id),
  )!;
}
