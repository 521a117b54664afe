import { StatewrightError } from '@statewright/bytes';
import type { Operator, Savepoint, State } from '@statewright/savepoint';
import type { Describe } from '../describe.js';
import { findOperators, findStates } from '../find-state.js';
import { unknownStates } from '../readable.js';
import type { OperatorNames } from '../views.js';
import type { Presence } from './diff-views.js';

/** One of the two snapshots. */
export interface DiffSide {
  readonly savepoint: Savepoint;
  /** As the caller named it. */
  readonly path: string;
  readonly describe: Describe;
}

/** A state in both snapshots, or in one of them. */
export interface StatePair {
  readonly old: State | undefined;
  readonly new: State | undefined;
  /** Why the side that seems to lack it may have it: its headers do not tell all its states. */
  readonly unsure: string | undefined;
}

/** An operator in both snapshots, or in one of them, with those of its states that are to be compared. */
export interface OperatorPair {
  readonly old: Operator | undefined;
  readonly new: Operator | undefined;
  readonly states: readonly StatePair[];
}

/**
 * Pairs operators by their id, states by their name within an operator: so Flink finds them on restore. `address` names
 * an operator or a state of either side; NO_SUCH_STATE when neither has it. In the order of the new snapshot, what only
 * the old one has last.
 */
export function pairStates(old: Savepoint, now: Savepoint, address: string | undefined): OperatorPair[] {
  const wanted = selection(old, now, address);
  const before = new Map(old.operators.map((operator) => [operator.id, operator]));
  const ids = new Set([...now.operators, ...old.operators].map(({ id }) => id));
  const after = new Map(now.operators.map((operator) => [operator.id, operator]));
  return [...ids]
    .filter((id) => wanted.operators.has(id))
    .map((id) => ({
      old: before.get(id),
      new: after.get(id),
      states: pairsOf(before.get(id), after.get(id)).filter((pair) => wanted.states.has(pairKey(pair))),
    }));
}

/** Whether something is in the old snapshot, the new one, or both. */
export function presenceOf(pair: { readonly old: unknown; readonly new: unknown }): Presence {
  if (pair.old === undefined) return 'new';
  return pair.new === undefined ? 'old' : 'both';
}

/** The names of an operator that either side knows. */
export function namesOfPair({ old, new: now }: Pick<OperatorPair, 'old' | 'new'>): OperatorNames {
  const [first, second] = [now ?? old!, old ?? now!];
  const uid = first.uid ?? second.uid ?? null;
  const uidFrom = (first.uid === undefined ? second.uidFrom : first.uidFrom) ?? null;
  return { id: first.id, uid, uidFrom, name: first.name ?? second.name ?? null };
}

/** Which operators and states an address reaches, by what both sides call the same. */
interface Selection {
  readonly operators: ReadonlySet<string>;
  readonly states: ReadonlySet<string>;
}

function selection(old: Savepoint, now: Savepoint, address: string | undefined): Selection {
  const found = [old, now].map((savepoint) => tryToFind(savepoint, address));
  const reached = found.flatMap((each) => (each instanceof StatewrightError ? [] : [each]));
  if (reached.length === 0) throw found[1];
  return {
    operators: new Set(reached.flatMap(({ operators }) => operators.map(({ id }) => id))),
    states: new Set(reached.flatMap(({ states }) => states.map(stateKey))),
  };
}

interface Found {
  readonly operators: readonly Operator[];
  readonly states: readonly State[];
}

function tryToFind(savepoint: Savepoint, address: string | undefined): Found | StatewrightError {
  try {
    return { operators: findOperators(savepoint, address), states: findStates(savepoint, address) };
  } catch (error) {
    if (error instanceof StatewrightError && error.code === 'NO_SUCH_STATE') return error;
    throw error;
  }
}

function pairsOf(old: Operator | undefined, now: Operator | undefined): StatePair[] {
  const before = byKey(old);
  const after = byKey(now);
  const keys = new Set([...after.keys(), ...before.keys()]);
  return [...keys].map((key) => {
    const pair = { old: before.get(key), new: after.get(key) };
    return { ...pair, unsure: unsureAbout(pair, old, now) };
  });
}

function unsureAbout(
  pair: Pick<StatePair, 'old' | 'new'>,
  old: Operator | undefined,
  now: Operator | undefined,
): string | undefined {
  const presence = presenceOf(pair);
  if (presence === 'both') return undefined;
  const other = presence === 'old' ? now : old;
  if (other === undefined || unknownStates(other).length === 0) return undefined;
  return `the ${presence === 'old' ? 'new' : 'old'} snapshot holds states of the operator that its headers do not tell`;
}

function byKey(operator: Operator | undefined): Map<string, State> {
  return new Map((operator?.states ?? []).map((state) => [stateKey(state), state]));
}

function pairKey({ old, new: now }: Pick<StatePair, 'old' | 'new'>): string {
  return stateKey((now ?? old)!);
}

/** Flink keeps four registries of names in an operator: timers, keyed state, operator lists, broadcast state. */
function stateKey({ operator, kind, name }: State): string {
  const registry = /^(?:timer|broadcast)$/.test(kind) ? kind : kind.endsWith('-list') ? 'list' : 'keyed';
  return `${operator.id} ${registry} ${name}`;
}
