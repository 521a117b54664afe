import process from 'node:process';
import { inTurns, statewright, timed } from '../lib/measure.mjs';
import { largeSavepoint, SMALL } from '../lib/savepoint.mjs';
import { ratio, row } from '../lib/summary.mjs';

/** Starts take milliseconds, so that more of them are needed. */
const TIMES = 4;
/** About one megabyte of the same job's state. */
const SMALL_KEYS = 3200;

export const check = {
  id: 'check',
  title:
    'check of a snapshot against another of the same job: a new process each time, from its start to its end',
  async measure(savepoint, { runs, quick, flink }) {
    const small = quick ? SMALL : (await largeSavepoint({ flink: flink.line, keys: SMALL_KEYS })).path;
    const contender = (id, label, snapshot) => ({
      id,
      label,
      command: `statewright check ${snapshot} --against ${small}`,
      run: () => statewright(['check', snapshot, '--against', small], { bare: true }),
    });
    const contenders = [
      contender('check-large', 'check, the savepoint', savepoint.path),
      contender('check-small', 'check, 1 MB of the same job', small),
      {
        id: 'node',
        label: 'node -e 0',
        command: 'node -e 0',
        run: () => timed(process.execPath, ['-e', '0'], { bare: true, keep: false }),
      },
    ];
    const results = await inTurns(runs * TIMES, contenders);
    const rows = contenders.map((each, i) => row(each, results[i]));
    const [large, little, node] = rows.map(({ seconds }) => seconds.median * 1000);
    const ratios = [
      ratio('check', large, 'ms', { most: 300 }),
      ratio("of which not Node's own", large - node, 'ms'),
      ratio('the large savepoint, to the small one', large / little, 'x', { most: 1.1 }),
    ];
    return { rows, ratios };
  },
};
