import { StatewrightError } from '@statewright/bytes';
import type { Operator, Savepoint, State } from '@statewright/savepoint';
import { closest } from './closest.js';
import { addressOf, operatorAddress } from './names.js';

/** Hash prefixes shorter than this are taken for names. */
const MIN_HASH_PREFIX = 4;

/**
 * The operators that a text may mean: those whose uid, name or hash is the text; if there is none, those whose hash
 * begins with it.
 */
function matchOperators(savepoint: Savepoint, text: string): Operator[] {
  const { operators } = savepoint;
  const exact = operators.filter(({ uid, name, id }) => uid === text || name === text || id === text);
  if (exact.length > 0 || text.length < MIN_HASH_PREFIX) return exact;
  const prefix = text.toLowerCase();
  return /^[0-9a-f]+$/.test(prefix) ? operators.filter(({ id }) => id.startsWith(prefix)) : [];
}

/** The one operator that a text means: uid, name or hash prefix. NO_SUCH_STATE with the closest names; USAGE when several match. */
export function findOperator(savepoint: Savepoint, text: string): Operator {
  const found = matchOperators(savepoint, text);
  if (found.length === 1) return found[0]!;
  if (found.length > 1) throw ambiguous(text, found.map(describeOperator));
  throw noSuch('operator', text, savepoint.operators.flatMap(namesOf));
}

/**
 * The states that `OPERATOR/STATE` or `OPERATOR` means; undefined means all. Both names may contain `/`, so every
 * split is tried. A queue of timers and a state of the same name are both found.
 */
export function findStates(savepoint: Savepoint, address: string | undefined): readonly State[] {
  if (address === undefined) return savepoint.operators.flatMap(({ states }) => states);
  const groups = candidates(savepoint, address);
  if (groups.length === 1) return groups[0]!;
  if (groups.length > 1) {
    throw ambiguous(
      address,
      groups.map((states) => describeOperator(states[0]!.operator)),
    );
  }
  const operators = matchOperators(savepoint, address);
  if (operators.length > 0) return findOperator(savepoint, address).states;
  throw noSuch('state', address, allAddresses(savepoint));
}

/** The operators that an address reaches into, those without a known state among them; undefined means all. */
export function findOperators(savepoint: Savepoint, address: string | undefined): readonly Operator[] {
  if (address === undefined) return savepoint.operators;
  const operators = new Set(findStates(savepoint, address).map(({ operator }) => operator));
  return operators.size > 0 ? [...operators] : [findOperator(savepoint, address)];
}

/** The one state that `OPERATOR/STATE` means. */
export function findState(savepoint: Savepoint, address: string): State {
  const states = findStates(savepoint, address);
  const [first, second] = states;
  if (first !== undefined && second === undefined && matchesState(savepoint, first, address)) return first;
  if (states.length > 1) throw ambiguous(address, states.map(describeState), 'name one of them');
  throw noSuch('state', address, allAddresses(savepoint));
}

/** An operator with a single state is not yet the address of that state. */
function matchesState(savepoint: Savepoint, state: State, address: string): boolean {
  return candidates(savepoint, address).some((states) => states.includes(state));
}

/** For every split of the address, the states that it names, one group per operator. */
function candidates(savepoint: Savepoint, address: string): State[][] {
  const groups = new Map<Operator, Set<State>>();
  for (let slash = address.indexOf('/'); slash >= 0; slash = address.indexOf('/', slash + 1)) {
    const name = address.slice(slash + 1);
    for (const operator of matchOperators(savepoint, address.slice(0, slash))) {
      const states = operator.states.filter((state) => state.name === name);
      if (states.length === 0) continue;
      const group = groups.get(operator) ?? new Set();
      for (const state of states) group.add(state);
      groups.set(operator, group);
    }
  }
  return [...groups.values()].map((group) => [...group]);
}

function namesOf(operator: Operator): string[] {
  return [operator.uid, operator.name, operator.id].filter((name) => name !== undefined);
}

function allAddresses(savepoint: Savepoint): string[] {
  return savepoint.operators.flatMap((operator) => [
    operatorAddress(operator),
    ...operator.states.map(addressOf),
  ]);
}

function describeOperator(operator: Operator): string {
  const label = operator.uid ?? operator.name;
  return label === undefined ? operator.id : `${label} (${operator.id})`;
}

function describeState(state: State): string {
  return `${addressOf(state)} (${state.kind})`;
}

function ambiguous(text: string, found: readonly string[], next?: string): StatewrightError {
  return new StatewrightError('USAGE', {
    kind: 'address',
    reason: `"${text}" means ${found.length} things: ${found.join(', ')}`,
    next: next ?? 'name the operator by its whole hash',
  });
}

function noSuch(what: 'operator' | 'state', text: string, known: readonly string[]): StatewrightError {
  const near = closest(text, known, 3);
  return new StatewrightError('NO_SUCH_STATE', {
    kind: 'address',
    reason: `the snapshot has no ${what} "${text}" among its ${known.length} names`,
    next: near.length === 0 ? '`inspect` lists them all' : `the closest are ${near.join(', ')}`,
  });
}
