import type { StateKind } from '@statewright/savepoint';
import { CHECK, INSPECT, type KnownMessage } from '../known-message.js';

/* RegisteredKeyValueStateBackendMetaInfo and DefaultOperatorStateBackend of 1.8 to 2.3. */

const KINDS: ReadonlyMap<string, StateKind> = new Map([
  ['VALUE', 'value'],
  ['LIST', 'list'],
  ['MAP', 'map'],
  ['REDUCING', 'reducing'],
  ['AGGREGATING', 'aggregating'],
  ['FOLDING', 'folding'],
]);

const stateKind: KnownMessage = {
  id: 'state-kind-changed',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['Incompatible key/value state types'],
  pattern: /Incompatible key\/value state types\. Was \[(?<old>\w+)\], registered with \[(?<now>\w+)\]/,
  rules: ['state-kind-changed'],
  read: ({ groups }) => {
    const kind = KINDS.get(groups!.old!);
    return {
      cause: `a state was written as ${groups!.old} state, and the new job asks for it as ${groups!.now} state. Flink keeps the kind with the state and converts none into another`,
      next: [CHECK, `ask for it as ${groups!.old} state again, or give the new state another name`],
      clues: { kinds: kind === undefined ? [] : [kind], all: kind !== undefined },
    };
  },
};

const stateName: KnownMessage = {
  id: 'state-name-changed',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['Incompatible state names'],
  pattern: /Incompatible state names\. Was \[(?<old>.*?)\], registered with \[(?<now>.*?)\]/,
  rules: ['state-renamed'],
  read: ({ groups }) => ({
    cause: `the state was written under the name "${groups!.old}", and the new job asks for it as "${groups!.now}"`,
    next: [CHECK, INSPECT],
    state: groups!.old,
  }),
};

const assignmentMode: KnownMessage = {
  id: 'operator-state-mode-changed',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['Incompatible state assignment modes'],
  pattern: /Incompatible state assignment modes\. Was \[(?<old>\w+)\], registered with \[(?<now>\w+)\]/,
  rules: ['operator-state-mode-changed'],
  read: ({ groups }) => ({
    cause: `an operator state was written as ${WORDS.get(groups!.old!) ?? groups!.old}, and the new job asks for it as ${WORDS.get(groups!.now!) ?? groups!.now}: Flink keeps with the state how it is shared out when the parallelism changes`,
    next: [CHECK, 'ask for it in the old mode, or give the new state another name'],
    clues: { kinds: groups!.old === 'UNION' ? ['union-list'] : ['operator-list'], all: true },
  }),
};

const WORDS: ReadonlyMap<string, string> = new Map([
  ['SPLIT_DISTRIBUTE', 'list state (SPLIT_DISTRIBUTE)'],
  ['UNION', 'union list state (UNION)'],
  ['BROADCAST', 'broadcast state (BROADCAST)'],
]);

const keyGroup: KnownMessage = {
  id: 'key-group-out-of-range',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['is not in KeyGroupRange', 'does not belong to the local range'],
  pattern: /Key group (?<group>\d+) (?:is not in KeyGroupRange|does not belong to the local range)/,
  rules: [],
  read: ({ groups }) => ({
    cause: `a key falls into key group ${groups!.group}, which this subtask does not own: the hashCode of the key is not the same in every JVM (an enum, an array, a class without hashCode), or it changed between two releases of the job`,
    next: [
      'key by a String or a number, or give the key class an equals and a hashCode of its fields',
      'statewright stats SNAPSHOT',
    ],
    clues: { place: 'key', all: true },
  }),
};

/** A state that is asked for as something else than it is. */
export const STATE_SHAPE: readonly KnownMessage[] = [stateKind, stateName, assignmentMode, keyGroup];
