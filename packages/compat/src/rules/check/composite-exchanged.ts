import type { CheckRule } from './check-rule.js';

/** One composite type in the place of another. */
export const COMPOSITE_EXCHANGED: CheckRule = {
  row: {
    id: 'composite-exchanged',
    purpose: 'one composite type in the place of another',
    level: 'data',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: 'Since 1.19 a composite serializer accepts the snapshot of any other composite with the same parts: a list for a Tuple1, a map for a Tuple2, an Either for a Tuple2. Flink says "compatible as is" although the bytes are laid out in another way.',
      harm: 'The values are misread: wrong numbers, or an exception when an entry is read. A few pairs do have the same bytes; then this finding is not an error.',
      remedy: 'Keep the old type. Or declare a new state under another name and fill it from the old one.',
    },
  },
  next: () => 'keep the old type: Flink takes the new one and misreads the values',
  accepted: { level: 'evolve', severity: 'note' },
};
