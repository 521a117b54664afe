import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readPlan, writePlan } from '@statewright/migrate';

const STEPS = [
  { verb: 'rename-state', options: { state: 'a b: {c}/x # y', to: 'it\'s "new"\n\u2028\u0085' } },
  { verb: 'rename-operator', options: { operator: 'true', to: '0123' } },
  { verb: 'rename-operator', options: { operator: '~', to: 'null' } },
  { verb: 'set-max-parallelism', options: { operator: 'all', to: 4096 } },
  { verb: 'drop-state', options: { state: 'fraud-detector/tx-count' } },
  { verb: 'retype-field', options: { class: 'a.B$C', field: 'x', to: 'pojo a.D { x: list<int> }' } },
  { verb: 'filter-entries', options: { state: 'a/b', keep: 'key != "\\\\"', keyGroups: [0, 7] } },
];

describe('writing a plan', () => {
  test('gives the verbs and options that are read again, whatever the names are', async () => {
    const { steps } = await readPlan('draft', writePlan(STEPS));
    assert.deepEqual(
      steps.map(({ verb, options }) => ({ verb, options })),
      STEPS,
    );
  });

  test('leaves plain names as a person writes them', () => {
    assert.equal(
      writePlan([STEPS[4]!]),
      'version: 1\nsteps:\n  - drop-state: { state: fraud-detector/tx-count }\n',
    );
  });
});
