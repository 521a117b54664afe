import { copies } from '../lib/edited.mjs';
import { inTurns, program, statewright } from '../lib/measure.mjs';
import { ratio, row } from '../lib/summary.mjs';

const LIMIT_MB = 512;

function ours(id, label, savepoint, other, extra = []) {
  const args = ['diff', savepoint.path, other, '--stat', '--quiet', ...extra];
  return { id, label, command: `statewright ${args.join(' ')}`, run: () => statewright(args) };
}

/** Both sides once, decoded and dropped: what comparing them cannot do without, where they differ. */
function decodeBoth(savepoint, other) {
  return {
    id: 'decode-both',
    label: 'every entry of both sides to a value, one after the other',
    command: `node bench/programs/decode.mjs ${savepoint.path}; node bench/programs/decode.mjs ${other}`,
    async run() {
      const a = await program('decode.mjs', savepoint.path);
      const b = await program('decode.mjs', other);
      return { seconds: a.wallSeconds + b.wallSeconds, peakBytes: Math.max(a.peakBytes, b.peakBytes) };
    },
  };
}

export const diff = {
  id: 'diff',
  title: 'two savepoints compared, from start to end of the program',
  async measure(savepoint, { runs, quick }) {
    const { same, edited } = await copies(savepoint, quick);
    const contenders = [
      ours('diff-edited', 'statewright diff, every key group has a change', savepoint, edited),
      ours('diff-same', 'statewright diff, all bytes are the same', savepoint, same),
      ours('diff-schema', 'statewright diff --schema-only', savepoint, edited, ['--schema-only']),
      decodeBoth(savepoint, edited),
    ];
    const results = await inTurns(runs, contenders);
    const rows = contenders.map((each, i) => row(each, results[i], { bytes: 2 * savepoint.bytes }));
    const [changed, alike, schema, both] = rows;
    const ratios = [
      ratio('time, to that of decoding both sides', changed.seconds.median / both.seconds.median, 'x'),
      ratio(
        'time where all bytes are the same, to the same',
        alike.seconds.median / both.seconds.median,
        'x',
      ),
      ratio('--schema-only', schema.seconds.median * 1000, 'ms'),
      ratio('the most memory', Math.max(changed.peakBytes, alike.peakBytes) / 1e6, 'MB', { most: LIMIT_MB }),
    ];
    return { rows, ratios, notes: [] };
  },
};
