import type { CheckRule } from './check-rule.js';

/** TTL that was turned on or off. */
export const TTL_FLIPPED: CheckRule = {
  row: {
    id: 'ttl-flipped',
    purpose: 'TTL that was turned on or off',
    level: 'restore',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: 'With TTL, every value stands beside the time of its last access. Before 2.0 such a state and one without TTL are incompatible. Since 2.1 with RocksDB and since 2.2 with the heap backend Flink rewrites the values. The duration of the TTL and its other settings can change at any time.',
      harm: 'In 1.x Flink refuses to restore the operator. In 2.x all values get the time of the restore when TTL is turned on, so that nothing expires earlier than a whole TTL later; when it is turned off, the times are dropped.',
      remedy: 'Turn TTL on or off together with a new name of the state, or upgrade to 2.2 first.',
    },
  },
  reason: ({ note, place }) => place.resolution.throws ?? note.reason,
  next: () => 'leave TTL as it was, or give the state another name',
  accepted: { level: 'data', severity: 'warning' },
};
