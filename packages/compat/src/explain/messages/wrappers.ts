import { CHECK, type KnownMessage } from '../known-message.js';

/* BackendRestorerProcedure, StreamTaskStateInitializerImpl and the builders of backends, 1.8 to 2.3: they say where. */

const BELOW =
  'the message that tells why stands below it, in a "Caused by" that is not part of what was given';
const PASTE = 'give the whole trace, with all of its "Caused by" lines; the log of the TaskManager has it';

const backend: KnownMessage = {
  id: 'backend-not-restored',
  flink: '1.8 to 2.3',
  weight: 'wrapper',
  needles: ['Could not restore', 'Exception while restoring'],
  pattern:
    /(?:Could not restore|Exception while restoring) (?:keyed|operator) state backend for (?<name>.{1,300}?)_(?<id>[0-9a-f]{32})_\(\d+\/\d+\)/,
  rules: [],
  read: ({ groups }) => ({
    cause: `the state of ${groups!.name} could not be restored; ${BELOW}`,
    next: [PASTE, CHECK],
    clues: { operatorId: groups!.id },
  }),
};

const context: KnownMessage = {
  id: 'state-not-initialized',
  flink: '1.8 to 2.3',
  weight: 'wrapper',
  needles: [
    'Exception while creating StreamOperatorStateContext',
    'Failed when trying to restore',
    'Error while getting state',
    'Failed to rollback to checkpoint/savepoint',
  ],
  pattern:
    /Exception while creating StreamOperatorStateContext|Failed when trying to restore (?:heap|operator state) backend|RuntimeException: Error while getting state|Failed to rollback to checkpoint\/savepoint/,
  rules: [],
  read: () => ({ cause: `a state could not be restored; ${BELOW}`, next: [PASTE, CHECK] }),
};

/** Messages around a cause. */
export const WRAPPERS: readonly KnownMessage[] = [backend, context];
