import { program, statewright } from '../lib/measure.mjs';
import { SMALL } from '../lib/savepoint.mjs';
import { ratio, row } from '../lib/summary.mjs';

const LIMIT_MB = 512;

/** What is done once to a small and once to the large savepoint. */
const WORKS = [
  ['decode', 'every entry, one thread', (snapshot) => program('decode.mjs', snapshot)],
  ['decode-2', 'every entry, two workers', (snapshot) => program('decode.mjs', snapshot, '--workers', '2')],
  ['stats', 'stats', (snapshot) => statewright(['stats', snapshot, '--quiet'])],
  ['export', 'export --format ndjson', (snapshot) => statewright(['export', snapshot, '--quiet'])],
  ['inspect', 'inspect', (snapshot) => statewright(['inspect', snapshot])],
];

export const memory = {
  id: 'memory',
  title: 'the most memory that a process held, a savepoint of some kilobytes and the large one',
  async measure(savepoint) {
    const rows = [];
    for (const [id, label, run] of WORKS) {
      for (const [size, snapshot] of [
        ['small', SMALL],
        ['large', savepoint.path],
      ]) {
        const contender = { id: `${id}-${size}`, label: `${label}, ${size}` };
        rows.push(row(contender, [await run(snapshot)]));
      }
    }
    const most = Math.max(...rows.map(({ peakBytes }) => peakBytes)) / 1e6;
    return { rows, ratios: [ratio('the most of all', most, 'MB', { most: LIMIT_MB })] };
  },
};
