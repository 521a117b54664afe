import { cat } from '../lib/cat.mjs';
import { inTurns, statewright } from '../lib/measure.mjs';
import { ratio, row } from '../lib/summary.mjs';

export const scan = {
  id: 'scan',
  title: 'statistics of every state without decoding values, from start to end of the program',
  async measure(savepoint, { runs }) {
    const args = ['stats', savepoint.path, '--no-values', '--quiet', '--format', 'json'];
    const contenders = [
      {
        id: 'stats',
        label: 'statewright stats --no-values',
        command: `statewright ${args.join(' ')}`,
        run: () => statewright(args),
      },
      cat(savepoint),
    ];
    const results = await inTurns(runs, contenders);
    const rows = contenders.map((contender, i) => row(contender, results[i], { bytes: savepoint.bytes }));
    const [ours, copied] = rows;
    const ratios = [
      ratio('skip-scan', ours.bytesPerSecond / 1e6, 'MB/s', { least: 1000 }),
      ratio("time, to cat's", ours.seconds.median / copied.seconds.median, 'x'),
    ];
    return { rows, ratios };
  },
};
