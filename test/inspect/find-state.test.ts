import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { StatewrightError } from '@statewright/bytes';
import { findOperator, findState, findStates } from '@statewright/inspect';
import type { Savepoint, State } from '@statewright/savepoint';

/* How OPERATOR/STATE finds what it means. Only names matter here, so the savepoint is a tree of names. */

interface Named {
  readonly id: string;
  readonly uid?: string;
  readonly name?: string;
  readonly states: readonly string[];
}

function savepoint(...operators: readonly Named[]): Savepoint {
  const made = operators.map(({ states, ...names }) => {
    const operator = { ...names, states: [] as object[] };
    operator.states = states.map((state) => ({
      name: state.replace('timer:', ''),
      kind: state.startsWith('timer:') ? 'timer' : 'value',
      operator,
    }));
    return operator;
  });
  return { operators: made } as unknown as Savepoint;
}

const ID_A = 'aaaa1111aaaa1111aaaa1111aaaa1111';
const ID_B = 'aaaa2222aaaa2222aaaa2222aaaa2222';

const SIMPLE = savepoint(
  { id: ID_A, uid: 'scorer', name: 'Score -> Sink', states: ['counts', 'a/b', 'timer:counts'] },
  { id: ID_B, name: 'Enrich', states: ['counts'] },
);

function fails(code: string, pattern: RegExp, find: () => unknown): void {
  assert.throws(find, (error: StatewrightError) => {
    assert.equal(error.code, code);
    assert.match(error.message, pattern);
    return true;
  });
}

const nameOf = ({ name }: State) => name;

describe('addresses', () => {
  test('an operator goes by uid, name, hash and the beginning of its hash', () => {
    for (const text of ['scorer', 'Score -> Sink', ID_A, 'aaaa1', 'AAAA1111']) {
      assert.equal(findOperator(SIMPLE, text).id, ID_A, text);
    }
  });

  test('a hash prefix that several have, or a short one, is refused', () => {
    fails('USAGE', /means 2 things.*scorer.*Enrich/, () => findOperator(SIMPLE, 'aaaa'));
    fails('NO_SUCH_STATE', /no operator "aaa"/, () => findOperator(SIMPLE, 'aaa'));
  });

  test('a state may have a slash in its name, and so may an operator', () => {
    assert.equal(findState(SIMPLE, 'scorer/a/b').name, 'a/b');
    const slashes = savepoint({ id: ID_A, uid: 'x/y', states: ['z'] });
    assert.equal(findState(slashes, 'x/y/z').name, 'z');
  });

  test('when two splits fit, both are named', () => {
    const both = savepoint({ id: ID_A, uid: 'x', states: ['y/z'] }, { id: ID_B, uid: 'x/y', states: ['z'] });
    fails('USAGE', /"x\/y\/z" means 2 things/, () => findState(both, 'x/y/z'));
    assert.equal(findState(both, `${ID_B}/z`).operator.id, ID_B);
  });

  test('a state and a queue of timers may share a name: both are found, one must be meant', () => {
    assert.deepEqual(findStates(SIMPLE, 'scorer/counts').map(nameOf), ['counts', 'counts']);
    fails('USAGE', /\(value\).*\(timer\)/, () => findState(SIMPLE, 'scorer/counts'));
  });

  test('an operator means all its states, nothing means all', () => {
    assert.equal(findStates(SIMPLE, 'scorer').length, 3);
    assert.equal(findStates(SIMPLE, undefined).length, 4);
    fails('NO_SUCH_STATE', /no state "Enrich"/, () => findState(SIMPLE, 'Enrich'));
  });

  test('what is not there comes with the closest names', () => {
    fails('NO_SUCH_STATE', /the closest are .*scorer\/counts/, () => findStates(SIMPLE, 'scorer/count'));
    fails('NO_SUCH_STATE', /`inspect` lists them all/, () => findStates(SIMPLE, 'qqqqqqqqqqqqqqqqqqqq'));
  });
});
