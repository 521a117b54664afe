import { CHECK, INSPECT, type KnownMessage } from '../known-message.js';

/*
 * Checkpoints#loadAndValidateCheckpoint, StateAssignmentOperation, VertexFinishedStateChecker and StreamGraphHasherV2 of 1.8
 * to 2.3: the operators of the snapshot against those of the job.
 */

const UIDS = 'give every stateful operator a uid(), the one that the snapshot knows it by';

const maxParallelism: KnownMessage = {
  id: 'max-parallelism-mismatch',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['Max parallelism mismatch', 'maximum parallelism'],
  pattern:
    /Max parallelism mismatch .{0,400}?operator (?<id>[0-9a-f]{32}) with max parallelism (?<old>\d+) to new program with max parallelism (?<now>\d+)|The maximum parallelism \((?<was>\d+)\) with which the latest checkpoint .{0,400}?current maximum parallelism \((?<is>\d+)\) changed/,
  rules: ['max-parallelism-changed', 'default-max-parallelism'],
  read: ({ groups }) => {
    const [old, now] = [groups!.old ?? groups!.was, groups!.now ?? groups!.is];
    return {
      cause: `the snapshot was written with max parallelism ${old}, and the job sets ${now}. It decides into which key groups keys fall, so Flink never changes it for state that exists`,
      next: [
        `set the max parallelism of the operator to ${old}, or do not set it: then Flink takes what the snapshot has`,
        INSPECT,
      ],
      clues: { operatorId: groups!.id },
    };
  },
};

const parallelismTooHigh: KnownMessage = {
  id: 'parallelism-above-max',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['of the restored state is lower than the configured parallelism'],
  pattern:
    /The state for task (?<task>.{1,300}?) can not be restored\. The maximum parallelism \((?<max>\d+)\) of the restored state is lower than the configured parallelism \((?<now>\d+)\)/,
  rules: ['parallelism-near-max'],
  read: ({ groups }) => ({
    cause: `the job runs ${groups!.task} with parallelism ${groups!.now}, but its state has ${groups!.max} key groups, of which every subtask needs at least one`,
    next: [`set the parallelism to at most ${groups!.max}`, INSPECT],
  }),
};

const operatorGone: KnownMessage = {
  id: 'operator-not-in-job',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: [
    'Cannot map checkpoint/savepoint state',
    'Cannot map savepoint state',
    'There is no operator for the state',
  ],
  pattern:
    /(?:Cannot map (?:checkpoint\/)?savepoint state for operator|There is no operator for the state) (?<id>[0-9a-f]{32})/,
  rules: ['operator-dropped', 'uid-changed', 'operator-without-uid'],
  read: ({ groups }) => ({
    cause: `the snapshot has state of the operator ${groups!.id}, and the new job has no operator of that id: its uid changed, it never had one and the job graph around it changed, or it was removed`,
    next: [CHECK, UIDS, 'only where the state is to be lost: restore with --allowNonRestoredState'],
    clues: { operatorId: groups!.id, all: true },
  }),
};

const finishedOperators: KnownMessage = {
  id: 'finished-operators-moved',
  flink: '1.14 to 2.3',
  weight: 'cause',
  needles: ['Illegal JobGraph modification', 'mixed operator finished state'],
  pattern:
    /Illegal JobGraph modification\. Cannot run a program with (?<how>fully|partially) finished|Can not restore vertex (?<vertex>.{1,300}?) which contain mixed operator finished state/,
  rules: [],
  read: () => ({
    cause:
      'the snapshot was taken when parts of the job had finished already, and in the new job graph a finished part would stand behind one that still runs, or in one task with it',
    next: [
      INSPECT,
      'keep the chaining and the order of the operators, or take a savepoint before any source has finished',
    ],
  }),
};

const uidTwice: KnownMessage = {
  id: 'uid-used-twice',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['Hash collision on user-specified ID'],
  pattern: /Hash collision on user-specified ID "(?<uid>.{1,300}?)"/,
  rules: [],
  read: ({ groups }) => ({
    cause: `two operators of the job have the uid "${groups!.uid}"`,
    next: ['give one of the two another uid; the one whose state the snapshot holds keeps it', INSPECT],
  }),
};

const uidMissing: KnownMessage = {
  id: 'uid-required',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['Auto generated UIDs have been disabled'],
  pattern:
    /Auto generated UIDs have been disabled but no UID or hash has been assigned to operator (?<name>.{1,300})/,
  rules: ['operator-without-uid', 'operator-uid-unknown'],
  read: ({ groups }) => ({
    cause: `the operator ${groups!.name} has no uid, and the job forbids ids that Flink makes up`,
    next: [UIDS, INSPECT],
  }),
};

/** Operators that do not fit. */
export const JOB_SHAPE: readonly KnownMessage[] = [
  maxParallelism,
  parallelismTooHigh,
  operatorGone,
  finishedOperators,
  uidTwice,
  uidMissing,
];
