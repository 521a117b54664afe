import { cat } from '../lib/cat.mjs';
import { inTurns, program, statewright } from '../lib/measure.mjs';
import { quotient, ratio, row } from '../lib/summary.mjs';

const LEAST = { least: 1000 };

export const scan = {
  id: 'scan',
  title: 'statistics without decoding: lengths of keys and values, by state and key group',
  async measure(savepoint, { runs }) {
    const args = ['stats', savepoint.path, '--no-values', '--quiet', '--format', 'json'];
    const contenders = [
      {
        id: 'skip-scan',
        label: 'skipScan, its work alone',
        command: `node bench/programs/scan.mjs ${savepoint.path}`,
        run: () => program('scan.mjs', savepoint.path),
      },
      {
        id: 'stats',
        label: 'statewright stats --no-values, from start to end',
        command: `statewright ${args.join(' ')}`,
        run: () => statewright(args),
      },
      cat(savepoint),
    ];
    const results = await inTurns(runs, contenders);
    const [{ rawEntries }] = results[0];
    const { bytes } = savepoint;
    const rows = contenders.map((contender, i) =>
      row(contender, results[i], contender.id === 'cat' ? { bytes } : { bytes, rawEntries }),
    );
    const [alone, whole, copied] = rows;
    const ratios = [
      ratio('skipScan', alone.bytesPerSecond / 1e6, 'MB/s', LEAST),
      ratio('stats --no-values', whole.bytesPerSecond / 1e6, 'MB/s', LEAST),
      ratio("time of skipScan, to cat's", quotient(alone.seconds.median, copied.seconds.median), 'x'),
      ratio(
        "time of stats --no-values, to cat's",
        quotient(whole.seconds.median, copied.seconds.median),
        'x',
      ),
    ];
    return { rows, ratios };
  },
};
