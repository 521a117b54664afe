import { INSPECT, type KnownMessage } from '../known-message.js';

/* StateAssignmentOperation and SubtaskStateMapper of 1.11 to 2.3: records that were on their way. */

const pointwise: KnownMessage = {
  id: 'unaligned-cannot-rescale',
  flink: '1.13 to 2.3',
  weight: 'cause',
  needles: ['Cannot rescale the given pointwise partitioner'],
  pattern: /Cannot rescale the given pointwise partitioner/,
  rules: [],
  read: () => ({
    cause:
      'the checkpoint is unaligned and holds records between two operators that are connected point to point (forward, rescale); these cannot be shared out to another parallelism',
    next: ['restore with the old parallelism and take an aligned savepoint, then rescale with that', INSPECT],
  }),
};

const topology: KnownMessage = {
  id: 'unaligned-topology-changed',
  flink: '1.14 to 2.3',
  weight: 'cause',
  needles: ['Cannot recover from unaligned checkpoint when topology changes'],
  pattern: /Cannot recover from unaligned checkpoint when topology changes/,
  rules: [],
  read: () => ({
    cause:
      'the checkpoint is unaligned and holds records between operators that are chained in the new job, so that there is no channel to put them into; the line below names them',
    next: [
      'restore with the old job graph and take an aligned savepoint, then change the chaining with that',
      INSPECT,
    ],
  }),
};

/** Unaligned checkpoints. */
export const UNALIGNED: readonly KnownMessage[] = [pointwise, topology];
