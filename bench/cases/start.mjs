import process from 'node:process';
import { inTurns, statewright, timed } from '../lib/measure.mjs';
import { SMALL } from '../lib/savepoint.mjs';
import { ratio, row } from '../lib/summary.mjs';

/** Starts take milliseconds, so that more of them are needed. */
const TIMES = 4;

export const start = {
  id: 'start',
  title: 'cold start: a new process each time, from its start to its end',
  async measure(savepoint, { runs }) {
    const inspect = (id, label, snapshot) => ({
      id,
      label,
      command: `statewright inspect ${snapshot}`,
      run: () => statewright(['inspect', snapshot], { bare: true }),
    });
    const contenders = [
      inspect('inspect-large', 'inspect, the savepoint', savepoint.path),
      inspect('inspect-small', 'inspect, a small one', SMALL),
      {
        id: 'node',
        label: 'node -e 0',
        command: 'node -e 0',
        run: () => timed(process.execPath, ['-e', '0'], { bare: true, keep: false }),
      },
    ];
    const results = await inTurns(runs * TIMES, contenders);
    const rows = contenders.map((contender, i) => row(contender, results[i]));
    const [large, small, node] = rows.map(({ seconds }) => seconds.median * 1000);
    const ratios = [
      ratio('inspect', large, 'ms', { most: 150 }),
      ratio("of which not Node's own", large - node, 'ms'),
      ratio('the large savepoint, to the small one', large / small, 'x', { most: 1.1 }),
    ];
    return { rows, ratios };
  },
};
